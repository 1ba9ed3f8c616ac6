// The script for Node.js in docs/simple-protocol.md, run as it stands there.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { example } from './support/documents.mjs';
import { startServer } from './support/server.mjs';

/** Starts a script where it finds the packages of npm. */
async function start(t, script, ...args) {
  const folder = await mkdtemp(fileURLToPath(new URL('./node_modules/.example-', import.meta.url)));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'chat.mjs');
  await writeFile(file, script);
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    type: (text) => child.stdin.write(`${text}\n`),
    end: () => child.stdin.end(),
    line: async () => (await lines.next()).value,
  };
}

test('two people talk through the script', async (t) => {
  const server = await startServer(t);
  const script = await example('simple-protocol.md', 'js');
  const alex = await start(t, script, 'Alex', 'tech', server.wsUrl);
  assert.equal(await alex.line(), 'You are Alex in #tech.');
  const sam = await start(t, script, 'Sam', 'tech', server.wsUrl);
  assert.equal(await sam.line(), 'You are Sam in #tech.');
  alex.type('hi');
  assert.equal(await alex.line(), 'Alex: hi');
  assert.equal(await sam.line(), 'Alex: hi');
  sam.type(' ');
  assert.equal(await sam.line(), 'A message needs some text.');
  sam.end();
  assert.equal(await sam.line(), 'Closed with 1000.');
});
