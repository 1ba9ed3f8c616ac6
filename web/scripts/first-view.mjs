// Which files of a build a browser has to load before the first view is on screen.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';
import { parseAst } from 'vite';

/** What a phone asks for when somebody puts the page among the applications, and no browser for a view. */
const LATER = /<link rel="apple-touch-icon"[^>]*>/g;

/** The paths below its `base` that a page has loaded, in its order. */
export function linkedFiles(html) {
  const links = html.replace(LATER, '').matchAll(/(?:src|href)="\.\/([^"]+)"/g);
  return [...links].map(([, path]) => path);
}

/** What a module names to be loaded before it runs. What it asks for with `import()` comes later. */
export function staticImports(code) {
  return parseAst(code).body.flatMap(({ source }) => (source ? [source.value] : []));
}

/** The page, what it links to, and all that those scripts import statically, each once. */
export async function firstViewFiles(dist) {
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const files = new Set(['index.html', ...linkedFiles(html)]);
  // A set that grows while it is walked is walked to its end.
  for (const file of files) {
    if (file.endsWith('.js')) {
      for (const path of staticImports(await readFile(join(dist, file), 'utf8'))) {
        files.add(path.startsWith('/') ? path.slice(1) : join(dirname(file), path));
      }
    }
  }
  return [...files];
}
