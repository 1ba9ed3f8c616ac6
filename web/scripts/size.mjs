// The size gate: everything the first view loads, gzipped, stays below the limit.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 100_000;
const dist = new URL('../dist/', import.meta.url);

const html = await readFile(new URL('index.html', dist), 'utf8');
if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i.test(html)) {
  throw new Error(
    'index.html has an inline script or style, which the content security policy refuses.',
  );
}
const linked = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => path);
// A chunk that the entry imports counts, whether or not the page names it.
const chunks = (await readdir(new URL('assets/', dist)))
  .filter((name) => /\.(?:js|css)$/.test(name))
  .map((name) => `assets/${name}`);
const files = ['index.html', ...new Set([...linked, ...chunks])];

let total = 0;
for (const file of files) {
  const { length } = gzipSync(await readFile(new URL(file, dist)), { level: 9 });
  total += length;
  console.log(`${String(length).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  of ${LIMIT_BYTES} bytes`);
if (total >= LIMIT_BYTES) {
  throw new Error(`The first view loads ${total} bytes gzipped; the limit is ${LIMIT_BYTES}.`);
}
