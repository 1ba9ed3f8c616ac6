// The size gate: everything the first view loads, gzipped, stays below the limit.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { firstViewFiles } from './first-view.mjs';

const LIMIT_BYTES = 100_000;
const dist = new URL('../dist/', import.meta.url);

const html = await readFile(new URL('index.html', dist), 'utf8');
if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i.test(html)) {
  throw new Error(
    'index.html has an inline script or style, which the content security policy refuses.',
  );
}

let total = 0;
for (const file of await firstViewFiles(fileURLToPath(dist))) {
  const { length } = gzipSync(await readFile(new URL(file, dist)), { level: 9 });
  total += length;
  console.log(`${String(length).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  of ${LIMIT_BYTES} bytes`);
if (total >= LIMIT_BYTES) {
  throw new Error(`The first view loads ${total} bytes gzipped; the limit is ${LIMIT_BYTES}.`);
}
