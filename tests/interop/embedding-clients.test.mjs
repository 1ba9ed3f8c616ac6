// Clients of Socket.IO that bring the token of another product.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import old from 'socket.io-client-2';
import { OPTIONS, token } from './support/embedding.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} a client comes back with the next token`, async (t) => {
    const server = await startServer(t, [...OPTIONS, '--embedding-grace-s', '0']);
    const watcher = await SocketIoClient.join(t, server, 'Watcher', 'den');
    // The first is over soon, and is not brought again.
    const seconds = [2];
    const auth = (done) => done({ token: token('customer-7', 'Alex', seconds.pop()) });
    const comesBack = { ...options, auth, reconnection: true, reconnectionDelay: 50 };
    const page = await SocketIoClient.join(t, server, 'Somebody', 'den', comesBack);
    await page.ask('send-message', 'before');
    const before = await watcher.event('new-message', ({ text }) => text === 'before');
    await once(page.socket, 'disconnect');
    await once(page.socket, 'connect');
    page.emit('join', { username: 'Somebody', room: 'den' });
    await page.event('message-history');
    await page.ask('send-message', 'after');
    const after = await watcher.event('new-message', ({ text }) => text === 'after');
    assert.deepEqual([before.username, after.username], ['Alex', 'Alex']);
  });

  test(`by ${way} an old client brings a token in its address, where that is allowed`, async (t) => {
    const server = await startServer(t, [...OPTIONS, '--embedding-token-in-url']);
    const watcher = await SocketIoClient.join(t, server, 'Watcher', 'den');
    const open = (query) => {
      const socket = old(server.url, { forceNew: true, reconnectionDelay: 10, query, ...options });
      t.after(() => socket.disconnect());
      return socket;
    };
    const page = open({ token: token('customer-7', 'Alex') });
    page.emit('join', { username: 'Somebody', room: 'den' });
    page.emit('send-message', 'hi');
    assert.equal((await watcher.event('new-message')).username, 'Alex');

    const stranger = open({ token: `${token('customer-8', 'Sam')}?` });
    const [error] = await once(stranger, 'error');
    assert.match(error.message, /not the token of a session/);
  });

  test(`by ${way} a token in an address is refused with a reason`, async (t) => {
    const server = await startServer(t, OPTIONS);
    const query = { token: token('customer-7', 'Alex') };
    const refused = SocketIoClient.open(t, server.url, { query, ...options });
    await assert.rejects(refused, /--embedding-token-in-url/);
    const page = old(server.url, { forceNew: true, query, ...options });
    t.after(() => page.disconnect());
    const [error] = await once(page, 'error');
    assert.match(error.message, /--embedding-token-in-url/);
  });
}
