// The lobby vocabulary of Socket.IO, spoken with the official client.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

/** Connects; answers the client with its welcome. */
async function enter(t, server, options) {
  const client = await SocketIoClient.open(t, server.url, options);
  return { client, welcome: await client.serverEvent('welcome') };
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} people are welcomed, talk and leave`, async (t) => {
    const server = await startServer(t);
    const first = await enter(t, server, options);
    const own = first.welcome.client;
    assert.equal(own.name, `User ${own.id}`);
    assert.deepEqual([first.welcome.clients, first.welcome.onlineCount], [[own], 1]);

    const before = Date.now();
    first.client.emit('chat_message', { text: 'hello' });
    const message = await first.client.serverEvent('chat_message');
    assert.deepEqual([message.text, message.client], ['hello', own]);
    assert.match(message.sentAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Math.abs(new Date(message.sentAt) - before) < 60_000);

    const second = await enter(t, server, options);
    const other = second.welcome.client;
    second.client.emit('set_name', { name: 'Sam' });
    assert.deepEqual(await second.client.serverEvent('profile'), {
      type: 'profile',
      client: { id: other.id, name: 'Sam' },
    });
    const joined = await first.client.serverEvent('presence', { action: 'joined' });
    assert.deepEqual([joined.client.id, joined.onlineCount], [other.id, 2]);
    second.client.emit('set_name', { name: 'Samira' });
    const updated = await first.client.event(
      'server_event',
      ({ action, client }) => action === 'updated' && client.name === 'Samira',
    );
    assert.deepEqual(updated.client, { id: other.id, name: 'Samira' });

    second.client.socket.disconnect();
    const left = await first.client.serverEvent('presence', { action: 'left' });
    assert.deepEqual([left.client.id, left.onlineCount], [other.id, 1]);
    assert.ok(!first.client.rest().some(({ argument }) => argument.client?.id === own.id));
  });
}

test('one who only listens misses nothing and is seen after a second', async (t) => {
  const server = await startServer(t);
  const first = await enter(t, server);
  const second = await enter(t, server);
  first.client.emit('chat_message', { text: 'anybody there?' });
  const message = await second.client.serverEvent('chat_message');
  assert.deepEqual(message.client, first.welcome.client);
  const joined = await first.client.serverEvent('presence', { action: 'joined' });
  assert.deepEqual(joined.client, second.welcome.client);
  const third = await enter(t, server);
  const ids = third.welcome.clients.map(({ id }) => id);
  assert.deepEqual(
    ids.toSorted(),
    [first, second, third].map(({ welcome }) => welcome.client.id).toSorted(),
  );
  assert.equal(third.welcome.onlineCount, 3);
});

test('one who joins a room at once leaves no shadow in the lobby', async (t) => {
  const server = await startServer(t);
  const { client } = await enter(t, server);
  client.emit('chat_message', { text: 'first' });
  await client.serverEvent('chat_message');
  await SocketIoClient.join(t, server, 'Alex', 'tech');
  // One who comes later is seen, so one who had come before would have been.
  await enter(t, server);
  const joined = await client.serverEvent('presence', { action: 'joined' });
  assert.match(joined.client.name, /^User /);
  assert.ok(!JSON.stringify(client.rest()).includes('Alex'));
});

test('one who joins a room later leaves the lobby', async (t) => {
  const server = await startServer(t);
  const { client } = await enter(t, server);
  const { client: late, welcome } = await enter(t, server);
  await client.event(
    'server_event',
    ({ action, client: { id } = {} }) => action === 'joined' && id === welcome.client.id,
  );
  late.emit('join', { username: 'Late', room: 'tech' });
  await late.people('Late');
  const left = await client.serverEvent('presence', { action: 'left' });
  assert.equal(left.client.id, welcome.client.id);
  client.emit('chat_message', { text: 'not for Late' });
  await client.serverEvent('chat_message');
  assert.deepEqual((await late.ask('chat_message', { text: 'hi' })).code, 'bad_frame');
  assert.ok(!JSON.stringify(late.rest()).includes('not for Late'));
});

test('what is no message', async (t) => {
  const server = await startServer(t);
  const { client } = await enter(t, server);
  client.emit('chat_message', { text: 7 });
  assert.equal((await client.serverEvent('error')).message, 'text is a string.');
  client.emit('chat_message', { text: '   ' });
  client.emit('set_name', { name: '' });
  assert.equal((await client.serverEvent('error')).message, 'A name has 1 to 40 characters.');
  client.emit('dance');
  assert.match(
    (await client.serverEvent('error')).message,
    /^There is no event "dance"\. .*docs\/socketio\.md/,
  );
  assert.ok((await client.ask('chat_message', { text: 'hi' })).ok);
  assert.deepEqual(
    client.rest().filter(({ argument }) => argument.type === 'error'),
    [],
  );
});

test('commands do the same as in the web client', async (t) => {
  const server = await startServer(t);
  const [first, second] = [await enter(t, server), await enter(t, server)];
  first.client.emit('set_name', { name: 'Alex' });
  const say = (text) => second.client.emit('chat_message', { text });
  say('/nick Sam');
  assert.equal((await second.client.serverEvent('profile')).client.name, 'Sam');
  say('/me waves');
  assert.equal((await first.client.serverEvent('chat_message')).text, '* Sam waves');
  say('/who');
  assert.match((await second.client.serverEvent('error')).message, /^In #general: Alex, Sam\.$/);
  const ended = once(second.client.socket, 'disconnect');
  say('/logout');
  assert.equal((await ended)[0], 'io server disconnect');
  await first.client.serverEvent('presence', { action: 'left', onlineCount: 1 });
});

test('the lobby is the room that the configuration names, shared with all protocols', async (t) => {
  const server = await startServer(t, ['--gateways-lobby', 'pub']);
  const { client } = await enter(t, server);
  const alex = await SocketIoClient.join(t, server, 'Alex', 'pub');
  const plain = await Client.open(t, `${server.wsUrl}/?room=pub&name=Sam`);
  await client.event(
    'server_event',
    ({ action, client: who }) => action === 'joined' && who.name === 'Sam',
  );
  client.emit('chat_message', { text: 'one' });
  assert.equal(await plain.text(), 'one');
  assert.equal((await alex.event('new-message')).text, 'one');
  plain.send('two');
  assert.equal((await client.serverEvent('chat_message', { text: 'two' })).client.name, 'Sam');
});
