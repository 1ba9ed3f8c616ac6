// Makes the service worker of a build: it knows by name every file that the client is made of, and has another version with each of them. The page says
// its version, too, so that it knows which service worker is its own.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const dist = new URL('../dist/', import.meta.url);
const source = new URL('../src/features/service-worker/sw.js', import.meta.url);
/** What is not needed to begin comes when it is wanted, and is kept then. */
const LATER = /\.(?:woff2?|json)$/;
const BESIDE = ['favicon.svg', 'icon-192.png', 'manifest.webmanifest'];

const assets = await readdir(new URL('assets/', dist));
const files = assets.filter((name) => !LATER.test(name) && !/\.(?:br|gz)$/.test(name)).sort();
const needed = [...files.map((name) => `assets/${name}`), ...BESIDE];

const page = new URL('index.html', dist);
const html = await readFile(page, 'utf8');
const worker = await readFile(source, 'utf8');
const hash = createHash('sha256').update(needed.join('\n')).update(html).update(worker);
for (const name of BESIDE) {
  hash.update(await readFile(new URL(name, dist)));
}
const version = hash.digest('hex').slice(0, 16);

await writeFile(
  page,
  html.replace('<title>', `<meta name="version" content="${version}">\n    <title>`),
);
const made = worker
  .replace("['__FILES__']", JSON.stringify(needed))
  .replace('__VERSION__', version);
await writeFile(new URL('sw.js', dist), made);
