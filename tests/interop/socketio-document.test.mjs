// The script for Node.js in docs/socketio.md, run as it stands there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, startScript } from './support/documents.mjs';
import { startServer } from './support/server.mjs';

test('two people talk through the script', async (t) => {
  const server = await startServer(t);
  const script = await example('socketio.md', 'js');
  const alex = await startScript(t, script, 'Alex', server.url);
  assert.equal(await alex.line(), 'You are Alex.');
  const sam = await startScript(t, script, 'Sam', server.url);
  assert.equal(await sam.line(), 'You are Sam.');
  assert.equal(await alex.line(), 'Sam joined; 2 here.');
  alex.type('hi');
  assert.equal(await alex.line(), 'Alex: hi');
  // When Sam came, Alex may not have been told of yet.
  const heard = await sam.line();
  assert.equal(heard === 'Alex joined; 2 here.' ? await sam.line() : heard, 'Alex: hi');
  sam.type('/who');
  assert.equal(await sam.line(), 'In #general: Alex, Sam.');
  sam.end();
  assert.equal(await sam.line(), 'Not connected: io client disconnect.');
  assert.equal(await alex.line(), 'Sam left; 1 here.');
});
