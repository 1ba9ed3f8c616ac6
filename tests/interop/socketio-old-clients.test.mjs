// Clients of Socket.IO 2, which pages of older guides bring along: Engine.IO 3, another form of polls, and pings of their own.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import io from 'socket.io-client-2';
import { WITH_ALL_GUIDES } from './support/guides.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

/** Connects; answers the socket, which ends with the test. */
function open(t, server, options = {}) {
  const socket = io(server.url, { forceNew: true, reconnection: false, ...options });
  t.after(() => socket.disconnect());
  return socket;
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} an old page of JavaScript Mastery talks`, async (t) => {
    const server = await startServer(t, WITH_ALL_GUIDES);
    const room = await SocketIoClient.join(t, server, 'Watcher', 'den');
    const page = open(t, server, options);
    const messages = [];
    page.on('message', (message) => messages.push(message));
    const refusal = await new Promise((resolve) => {
      page.emit('join', { name: 'Alex', room: 'den' }, resolve);
    });
    assert.equal(refusal, undefined);
    // Lengths in polls are counted in UTF-16 code units.
    for (const text of ['hi', 'héllo 😀 €', '1:2:3']) {
      await new Promise((resolve) => {
        page.emit('sendMessage', text, resolve);
      });
      const heard = await room.event('new-message', (message) => message.text === text);
      assert.equal(heard.username, 'Alex');
    }
    await room.ask('send-message', 'welcome 😀');
    while (messages.length < 4) {
      await once(page, 'message');
    }
    assert.deepEqual(
      messages.map(({ user, text }) => `${user}: ${text}`),
      ['alex: hi', 'alex: héllo 😀 €', 'alex: 1:2:3', 'watcher: welcome 😀'],
    );
    const names = WAYS[way].transports;
    assert.equal(page.io.engine.transport.name, names.at(-1));
  });

  test(`by ${way} an old client is kept by its own pings, and parts`, async (t) => {
    const times = ['--ping-interval-ms', '100', '--silence-limit-ms', '1000'];
    const server = await startServer(t, times);
    const room = await SocketIoClient.join(t, server, 'Watcher', 'den');
    const page = open(t, server, options);
    page.emit('join', { username: 'Alex', room: 'den' });
    await room.people('Alex', 'Watcher');
    for (let pong = 0; pong < 15; pong += 1) {
      await once(page, 'pong');
    }
    assert.ok(page.connected);
    page.disconnect();
    await room.people('Watcher');
  });
}

test('an old client that is one too many for its address is let in later', async (t) => {
  // One more each two seconds.
  const server = await startServer(t, ['--gateways-visits-per-minute', '30']);
  const begun = Date.now();
  await Promise.all(Array.from({ length: 30 }, () => once(open(t, server), 'connect')));
  await once(open(t, server), 'connect');
  assert.ok(Date.now() - begun > 1_000, 'it had to wait');
});
