// One who reads slowly misses who comes and goes, and is told who is there when it reads again. Their protocols have no word for having
// missed something, so without that their lists would stay wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { startServer } from './support/server.mjs';

/** So many at once that the buffers of a socket are soon full. */
const MESSAGES = 500;
const ENGINE = '/socket.io/?EIO=4&transport=websocket';

/** How to come in, and whether a text is a list of people with this name in it. */
const PROTOCOLS = {
  'the simple protocol': {
    path: '',
    enter: ['{"type":"join","username":"Slow","room":"general"}'],
    entered: '"joined"',
    lists: (text, name) => text.includes('"type":"users"') && text.includes(`"${name}"`),
  },
  'rooms of Socket.IO': {
    path: ENGINE,
    enter: ['40', '42["join",{"username":"Slow","room":"general"}]'],
    entered: '42["message-history"',
    lists: (text, name) => text.startsWith('42["room-users"') && text.includes(`"${name}"`),
  },
  'the lobby of Socket.IO': {
    path: ENGINE,
    enter: ['40', '42["set_name",{"name":"Slow"}]'],
    entered: '"profile"',
    lists: (text, name) => text.includes('"type":"welcome"') && text.includes(`"${name}"`),
  },
};

async function join(t, server, username) {
  const client = await Client.open(t, server.wsUrl);
  client.send({ type: 'join', username, room: 'general' });
  await client.frame({ type: 'joined' });
  return client;
}

async function hasDropped(server) {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^chinwag_send_queue_drops_total (\d+)$/m.exec(metrics)[1]) > 0;
}

for (const [name, { path, enter, entered, lists }] of Object.entries(PROTOCOLS)) {
  test(`who missed presence in ${name} gets the list anew`, async (t) => {
    const server = await startServer(t, ['--rate-limit', 'off', '--send-queue-bytes', '100000000']);
    const writer = await join(t, server, 'Writer');
    const slow = await Client.open(t, `${server.wsUrl}${path}`);
    for (const text of enter) {
      slow.send(text);
    }
    await slow.text((text) => text.includes(entered));
    slow.socket.pause();
    let newcomer = '';
    for (let number = 0; newcomer === '' || !(await hasDropped(server)); number += 1) {
      for (let count = 0; count < MESSAGES; count += 1) {
        writer.send({ type: 'message', text: 'x'.repeat(2000) });
      }
      for (let count = 0; count < MESSAGES; count += 1) {
        await writer.frame({ type: 'message' });
      }
      newcomer = `Newcomer ${number}`;
      await join(t, server, newcomer);
      await writer.frame({ type: 'user_joined', username: newcomer });
    }
    slow.socket.resume();
    const list = await slow.text((text) => lists(text, newcomer));
    for (const person of ['Writer', 'Slow', newcomer]) {
      assert.ok(list.includes(`"${person}"`), `${person} is in ${list}`);
    }
  });
}
