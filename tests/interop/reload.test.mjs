// Somebody reloads a page: one visitor goes, and another one of the same name comes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient } from './support/socketio.mjs';

/** Gathers comings and goings for so long that a whole reload falls between two ticks. */
const SLOWLY = ['--tick-ms', '1000'];

async function page(t, server, username) {
  const client = await Client.open(t, server.wsUrl);
  client.send({ type: 'join', username, room: 'general' });
  return { client, joined: await client.frame({ type: 'joined' }) };
}

/** Loads Ann's page, and loads it again when others know of her. Answers who she was, and is. */
async function reload(t, server, isKnown) {
  const before = await page(t, server, 'Ann');
  await isKnown;
  await before.client.close();
  const after = await page(t, server, 'Ann');
  assert.equal(after.joined.username, 'Ann');
  return [before.joined.clientId, after.joined.clientId];
}

test('in the room vocabulary Ann leaves before she comes', async (t) => {
  const server = await startServer(t, SLOWLY);
  const { client } = await page(t, server, 'Sam');
  const known = client.frame({ type: 'user_joined', username: 'Ann' });
  const [before, after] = await reload(t, server, known);
  const told = [
    await client.frame({ type: 'user_left', username: 'Ann' }),
    await client.frame({ type: 'user_joined', username: 'Ann' }),
  ];
  assert.deepEqual(
    told.map(({ userId }) => userId),
    [before, after],
  );
});

test('by Socket.IO nobody is told of a name that stays', async (t) => {
  const server = await startServer(t, SLOWLY);
  const [rooms, chatcord, lobby] = await Promise.all([
    SocketIoClient.join(t, server, 'Sam'),
    SocketIoClient.open(t, server.url),
    SocketIoClient.open(t, server.url),
  ]);
  chatcord.emit('joinRoom', { username: 'Kim', room: 'general' });
  lobby.emit('chat_message', { text: 'hi' });
  const known = Promise.all([
    rooms.line('Ann joined #general'),
    chatcord.event('message', ({ text }) => text === 'Ann has joined the chat'),
    lobby.event(
      'server_event',
      ({ action, client }) => action === 'joined' && client.name === 'Ann',
    ),
  ]);
  const ids = await reload(t, server, known);
  rooms.rest();
  chatcord.rest();
  // The last to come is told in the same turn or a later one.
  await page(t, server, 'Last');
  await rooms.line('Last joined #general');
  await chatcord.event('message', ({ text }) => text === 'Last has joined the chat');
  for (const line of [...rooms.rest(), ...chatcord.rest()]) {
    assert.ok(!/^Ann (?:has )?(?:joined|left)/.test(line.argument.text), JSON.stringify(line));
  }
  const ofAnn = () =>
    lobby.event('server_event', ({ type, client }) => type === 'presence' && client.name === 'Ann');
  const told = [await ofAnn(), await ofAnn()];
  assert.deepEqual(
    told.map(({ action, client }) => [action, String(client.id)]),
    [
      ['left', ids[0]],
      ['joined', ids[1]],
    ],
  );
});
