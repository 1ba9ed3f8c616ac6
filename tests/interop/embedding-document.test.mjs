// The scripts in docs/embedding.md, run as they stand there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { example, startScript } from './support/documents.mjs';
import { startServer } from './support/server.mjs';

const SECRET = 'a secret of thirty-two bytes, or more';
const OPTIONS = ['--embedding-secret', SECRET, '--embedding-audience', 'chat.example.org'];

/** What the Python script prints. */
async function python(t, script, ...args) {
  const folder = await mkdtemp(join(tmpdir(), 'chinwag-example-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'embedding.py');
  await writeFile(file, script);
  const { stdout } = await promisify(execFile)('python3', [file, ...args]);
  return stdout.trimEnd().split('\n');
}

test('people of another product talk through the scripts', async (t) => {
  // Nobody else comes in: the key is the invitation.
  const server = await startServer(t, [...OPTIONS, '--access', 'closed', '--guests', 'off']);
  const script = await example('embedding.md', 'js');
  const alex = await startScript(t, script, server.url, SECRET, 'customer-7', 'Alex');
  assert.equal(await alex.line(), 'customer-7 is Alex, a member.');
  assert.equal(await alex.line(), 'Alex: Where is my parcel?');

  const answer = await example('embedding.md', 'python');
  const [who, stored] = await python(t, answer, server.url, SECRET, 'support-2', 'Sam');
  assert.equal(who, 'support-2 is Sam.');
  assert.match(stored, /^Message \d+ is stored\.$/);
  assert.equal(await alex.line(), 'Sam: It left us this morning.');
  alex.end();

  const again = await startScript(t, script, server.url, SECRET, 'customer-7', 'Alexandra');
  assert.equal(await again.line(), 'customer-7 is Alexandra, a member.');
  again.end();
});

test('whoever does not know the secret is not let in', async (t) => {
  const server = await startServer(t, OPTIONS);
  const answer = await example('embedding.md', 'python');
  const guessed = python(t, answer, server.url, `${SECRET}?`, 'customer-7', 'Alex');
  await assert.rejects(guessed, /HTTP Error 401/);
});
