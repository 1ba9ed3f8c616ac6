// What a client of Engine.IO 4 may rely on: the cases of the protocol's own test suite that need no server which sends everything back.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Poller, path } from './support/poller.mjs';
import { startServer } from './support/server.mjs';

/** Pings every 300 ms, and waits for as long for the answer. */
const LIVELY = ['--ping-interval-ms', '300', '--silence-limit-ms', '600'];
/** The same with more patience than a busy machine needs. */
const PATIENT = ['--ping-interval-ms', '300', '--silence-limit-ms', '10000'];

const status = async (server, query, init) =>
  (await fetch(`${server.url}/socket.io/${query}`, init)).status;

/** A WebSocket of this query, which ends with the test. */
const webSocket = (t, server, query) =>
  Client.open(t, `${server.wsUrl}/socket.io/?EIO=4&transport=websocket${query}`);

/** The status with which a handshake is refused. */
async function refused(server, query, headers = {}) {
  const request = http.get(`${server.url}/socket.io/${query}`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  const accepted = once(request, 'upgrade').then(([, socket]) => {
    socket.destroy();
    assert.fail('the handshake was accepted');
  });
  const [response] = await Promise.race([once(request, 'response'), accepted]);
  response.resume();
  return response.statusCode;
}

const OPENED = ['maxPayload', 'pingInterval', 'pingTimeout', 'sid', 'upgrades'];

test('a session is opened by polling', async (t) => {
  const server = await startServer(t, [...LIVELY, '--frame-bytes', '1000000']);
  const { handshake } = await Poller.open(server);
  const { sid, ...others } = handshake;
  assert.deepEqual(Object.keys(handshake).sort(), OPENED);
  assert.equal(typeof sid, 'string');
  assert.deepEqual(others, {
    upgrades: ['websocket'],
    pingInterval: 300,
    pingTimeout: 300,
    maxPayload: 1_000_000,
  });
});

test('a session is opened by a WebSocket, which has nothing to change to', async (t) => {
  const server = await startServer(t, LIVELY);
  const opened = await (await webSocket(t, server, '')).text();
  assert.ok(opened.startsWith('0'));
  const handshake = JSON.parse(opened.slice(1));
  assert.deepEqual(Object.keys(handshake).sort(), OPENED);
  assert.deepEqual(
    [handshake.upgrades, handshake.pingInterval, handshake.pingTimeout],
    [[], 300, 300],
  );
});

test('a request that is none of the protocol opens nothing', async (t) => {
  const server = await startServer(t);
  for (const query of ['?transport=polling', '?EIO=abc&transport=polling']) {
    assert.equal(await status(server, query), 400, query);
  }
  for (const query of ['?EIO=4', '?EIO=4&transport=abc']) {
    assert.equal(await status(server, query), 400, query);
  }
  for (const method of ['POST', 'PUT']) {
    assert.equal(await status(server, '?EIO=4&transport=polling', { method }), 400, method);
  }
  for (const query of [
    '?transport=websocket',
    '?EIO=abc&transport=websocket',
    '?EIO=4',
    '?EIO=4&transport=abc',
  ]) {
    assert.equal(await refused(server, query), 400, query);
  }
});

test('the key of a handshake has 16 bytes', async (t) => {
  const server = await startServer(t);
  for (const key of ['', 'short', Buffer.alloc(15).toString('base64'), 'x'.repeat(24)]) {
    const headers = { 'sec-websocket-key': key };
    assert.equal(await refused(server, '?EIO=4&transport=websocket', headers), 400, key);
  }
});

test('a post that cannot be read ends the session', async (t) => {
  const server = await startServer(t);
  for (const body of ['abc', '', '40\u001eabc', Buffer.from([0x34, 0xff])]) {
    const poller = await Poller.open(server);
    assert.equal((await poller.get({ method: 'POST', body })).status, 400, body);
    assert.equal((await poller.get()).status, 400);
  }
});

test('a WebSocket message that cannot be read ends the session', async (t) => {
  const server = await startServer(t);
  const socket = await webSocket(t, server, '');
  socket.send('abc');
  assert.equal((await socket.closed).code, 1002);
});

test('a second poll at the same time ends the session', async (t) => {
  const server = await startServer(t);
  const poller = await Poller.open(server);
  const answers = await Promise.all([poller.get(), poller.get()]);
  answers.sort((one, other) => one.status - other.status);
  assert.deepEqual(answers[0], { status: 200, body: '1' });
  assert.equal(answers[1].status, 400);
  assert.equal((await poller.get()).status, 400);
});

test('pings come while one polls', async (t) => {
  const poller = await Poller.open(await startServer(t, PATIENT));
  for (let round = 0; round < 3; round += 1) {
    assert.deepEqual(await poller.get(), { status: 200, body: '2' });
    await poller.post('3');
  }
});

test('pings come over a WebSocket', async (t) => {
  const socket = await webSocket(t, await startServer(t, PATIENT), '');
  await socket.text();
  for (let round = 0; round < 3; round += 1) {
    assert.equal(await socket.text(), '2');
    socket.send('3');
  }
});

test('who polls and does not answer pings has no session any more', async (t) => {
  const poller = await Poller.open(await startServer(t, LIVELY));
  const bodies = await poller.untilEnd();
  assert.ok(bodies.length > 0 && bodies.every((body) => body === '2' || body === '1'), bodies);
});

test('who does not answer pings over a WebSocket is closed', async (t) => {
  const socket = await webSocket(t, await startServer(t, LIVELY), '');
  assert.equal((await socket.closed).code, 1008);
});

test('a session that is closed answers the poll that waits, and no other', async (t) => {
  const server = await startServer(t);
  const poller = await Poller.open(server);
  const waiting = poller.get();
  // Answered behind the poll, whose connection came first.
  await fetch(`${server.url}/healthz`);
  await poller.post('1');
  assert.deepEqual(await waiting, { status: 200, body: '6' });
  assert.equal((await poller.get()).status, 400);
});

test('a session is closed over a WebSocket', async (t) => {
  const socket = await webSocket(t, await startServer(t), '');
  await socket.text();
  socket.send('1');
  assert.equal((await socket.closed).code, 1000);
});

/** A session that polls, and a WebSocket to which it may change. */
async function probed(t) {
  const server = await startServer(t);
  const poller = await Poller.open(server);
  const socket = await webSocket(t, server, `&sid=${poller.sid}`);
  socket.send('2probe');
  assert.equal(await socket.text(), '3probe');
  return { server, poller, socket };
}

test('a session changes from polling to a WebSocket', async (t) => {
  const { poller, socket } = await probed(t);
  assert.deepEqual(await poller.get(), { status: 200, body: '6' }, 'what ends a poll');
  socket.send('5');
  socket.send('40');
  await socket.text((packet) => packet.startsWith('40{'));
});

test('what comes to a session that has changed is refused, and changes nothing', async (t) => {
  const { server, poller, socket } = await probed(t);
  assert.equal(
    await refused(server, path(poller.sid, 'websocket').slice('/socket.io/'.length)),
    400,
  );
  socket.send('5');
  socket.send('40');
  await socket.text((packet) => packet.startsWith('40{'));
  assert.deepEqual([(await poller.get()).status, (await poller.send('40')).status], [400, 400]);
  assert.equal(
    await refused(server, path(poller.sid, 'websocket').slice('/socket.io/'.length)),
    400,
  );
  socket.send('42["join",{"username":"Alex"}]');
  await socket.text((packet) => packet.includes('message-history'));
});
