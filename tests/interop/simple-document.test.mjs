// The script for Node.js in docs/simple-protocol.md, run as it stands there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, startScript } from './support/documents.mjs';
import { startServer } from './support/server.mjs';

test('two people talk through the script', async (t) => {
  const server = await startServer(t);
  const script = await example('simple-protocol.md', 'js');
  const alex = await startScript(t, script, 'Alex', 'tech', server.wsUrl);
  assert.equal(await alex.line(), 'You are Alex in #tech.');
  const sam = await startScript(t, script, 'Sam', 'tech', server.wsUrl);
  assert.equal(await sam.line(), 'You are Sam in #tech.');
  alex.type('hi');
  assert.equal(await alex.line(), 'Alex: hi');
  assert.equal(await sam.line(), 'Alex: hi');
  sam.type(' ');
  assert.equal(await sam.line(), 'A message needs some text.');
  sam.end();
  assert.equal(await sam.line(), 'Closed with 1000.');
});
