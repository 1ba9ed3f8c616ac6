// Puts the Socket.IO client for browsers into the build, as the server delivers it at /socket.io/socket.io.js.
import { copyFile, mkdir } from 'node:fs/promises';

const FILES = ['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js'];
const source = new URL('../node_modules/socket.io-client/dist/', import.meta.url);
const folder = new URL('../dist/socket.io/', import.meta.url);

await mkdir(folder, { recursive: true });
for (const file of FILES) {
  await copyFile(new URL(file, source), new URL(file, folder));
}
