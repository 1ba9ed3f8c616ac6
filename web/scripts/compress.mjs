// Writes a .br and a .gz beside each file of the build that is worth it, so that the server never compresses.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt']);
/** Below this a packet is not saved. */
const SMALLEST_BYTES = 512;

for (const name of await readdir(dist, { recursive: true })) {
  const path = join(dist, name);
  const { size } = await stat(path);
  if (!COMPRESSIBLE.has(extname(path)) || size < SMALLEST_BYTES) {
    continue;
  }
  const content = await readFile(path);
  const brotli = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
}
