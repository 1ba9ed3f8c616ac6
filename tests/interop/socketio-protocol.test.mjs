// What a client of Socket.IO 5 may rely on: the cases of the protocol's own test suite that need no server which sends everything back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Poller, path } from './support/poller.mjs';
import { startServer } from './support/server.mjs';

/** A WebSocket on which Engine.IO is opened, and nothing else. */
async function open(t, server) {
  const socket = await Client.open(t, server.wsUrl + path(undefined, 'websocket'));
  assert.match(await socket.text(), /^0\{/);
  return socket;
}

/** The same in the main namespace. */
async function connect(t, server) {
  const socket = await open(t, server);
  socket.send('40');
  await connected(socket);
  return socket;
}

async function connected(socket) {
  const packet = await socket.text((text) => text.startsWith('40'));
  const { sid, pid } = JSON.parse(packet.slice(2));
  assert.deepEqual([typeof sid, typeof pid], ['string', 'string']);
  return { sid, pid };
}

test('a client connects to the main namespace, with a payload and without', async (t) => {
  const server = await startServer(t);
  for (const packet of ['40', '40{"color":"blue"}']) {
    const socket = await open(t, server);
    socket.send(packet);
    await connected(socket);
  }
});

test('there is no other namespace, and who asks for one may go on', async (t) => {
  const server = await startServer(t);
  const socket = await open(t, server);
  socket.send('40/random');
  assert.equal(await socket.text(), '44/random,{"message":"Invalid namespace"}');
  socket.send('40');
  await connected(socket);
  socket.send('40/custom,{"token":"abc"}');
  const refused = await socket.text((text) => text.startsWith('44'));
  assert.equal(refused, '44/custom,{"message":"Invalid namespace"}');
});

test('an invalid handshake ends the connection', async (t) => {
  const server = await startServer(t);
  const socket = await open(t, server);
  socket.send('4abc');
  assert.equal((await socket.closed).code, 1002);
});

test('without a handshake the connection ends', async (t) => {
  const server = await startServer(t, ['--hello-limit-ms', '300']);
  assert.equal((await (await open(t, server)).closed).code, 1008);
});

test('who leaves the main namespace stays connected, and may enter it again', async (t) => {
  const server = await startServer(t, ['--ping-interval-ms', '200', '--hello-limit-ms', '300']);
  const observer = await connect(t, server);
  observer.send('42["join",{"username":"Sam"}]');
  await observer.text((text) => text.includes('message-history'));
  const people = (names) => observer.text((text) => text === `42["room-users",${names}]`);

  const socket = await connect(t, server);
  socket.send('42["join",{"username":"Alex"}]');
  await people('["Alex","Sam"]');
  socket.send('42["send-message","bye"]');
  socket.send('41');
  await people('["Sam"]');
  await socket.text((text) => text.includes('bye'));
  socket.rest();
  // Longer than a new client may take to connect.
  for (let pings = 0; pings < 4; pings += 1) {
    assert.equal(await socket.text(), '2');
    socket.send('3');
  }
  socket.send('40');
  await connected(socket);
  socket.send('42["join",{"username":"Alex"}]');
  await people('["Alex","Sam"]');
  socket.send('41');
  socket.send('40');
  await connected(socket);
});

test('who leaves by polling stays connected, too', async (t) => {
  const server = await startServer(t);
  const poller = await Poller.join(server, 'Alex');
  await poller.post('41', '40', '42["join",{"username":"Alex"}]');
  await poller.until(/^40\{/);
  await poller.until(/^42\["message-history"/);
});

test('who says something outside of a namespace is disconnected', async (t) => {
  const server = await startServer(t);
  const socket = await connect(t, server);
  socket.send('41');
  socket.send('42["join",{"username":"Alex"}]');
  assert.equal((await socket.closed).code, 1008);
});

test('an event is acknowledged by its number', async (t) => {
  const socket = await connect(t, await startServer(t));
  socket.send('42456["chat_message",{"text":"hi"}]');
  assert.match(await socket.text((text) => text.startsWith('43')), /^43456\[\{"ok":true,/);
});

test('what is no packet ends the connection', async (t) => {
  const server = await startServer(t);
  for (const packet of ['4abc', '42{}', '42abc["send-message","hi"]']) {
    const socket = await connect(t, server);
    socket.send(packet);
    assert.equal((await socket.closed).code, 1002, packet);
  }
});
