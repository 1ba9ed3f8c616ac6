// The size gate: everything the first view loads stays below the limit, as the server sends it to browsers.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
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
  const { length } = await sent(file);
  total += length;
  console.log(`${String(length).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  of ${LIMIT_BYTES} bytes`);
if (total >= LIMIT_BYTES) {
  throw new Error(`The first view loads ${total} bytes; the limit is ${LIMIT_BYTES}.`);
}

/** What `compress.mjs` has made of a file; what is too small for that is sent as it is. */
function sent(file) {
  return readFile(new URL(`${file}.br`, dist)).catch(() => readFile(new URL(file, dist)));
}
