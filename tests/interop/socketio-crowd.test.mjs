// Very many Socket.IO clients come to one room: what is sent to each stays bounded, so that all of it stays linear.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import WebSocket from 'ws';
import { startServer } from './support/server.mjs';

/** Lists of people that a room sends in a second. */
const LISTS_A_SECOND = 2;
const NAMES = 500;
/** The longest name in JSON here, with its comma. */
const NAME_BYTES = 10;
/** Lines about those who come and go, and what else there is around a list. */
const BESIDE_A_LIST = 600;
/** Clients that shake hands at the same time. */
const AT_ONCE = 100;

/** A client that counts instead of parsing, as thousands of them are needed. */
class Counter {
  lists = 0;
  bytes = 0;

  static async join(t, server, name) {
    const counter = new Counter();
    const socket = new WebSocket(`${server.wsUrl}/socket.io/?EIO=4&transport=websocket`);
    t.after(() => socket.terminate());
    const joined = new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data) => {
        const text = data.toString();
        counter.bytes += data.length;
        if (text.startsWith('42["room-users"')) {
          counter.lists += 1;
          counter.latest = text;
        } else if (text.startsWith('42["message-history"')) {
          resolve();
        } else if (text === '2') {
          socket.send('3');
        }
      });
    });
    await once(socket, 'open');
    socket.send('40');
    socket.send(`42["join",${JSON.stringify({ username: name, room: 'hall' })}]`);
    await joined;
    return counter;
  }
}

/** Lets so many join, and answers what was sent to them until the room is quiet again. */
async function crowd(t, size) {
  const server = await startServer(t, ['--rate-limit', 'off', '--storage', 'memory']);
  const begun = performance.now();
  const clients = [];
  while (clients.length < size) {
    const batch = Array.from({ length: Math.min(AT_ONCE, size - clients.length) }, (_, place) =>
      Counter.join(t, server, `P${clients.length + place}`),
    );
    clients.push(...(await Promise.all(batch)));
  }
  // One more comes. When everybody has heard of it, everything from before has arrived.
  await Counter.join(t, server, '0 Last');
  const latest = () => clients.every((client) => client.latest.includes('"0 Last"'));
  while (!latest()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - begun) / 1000;
  await server.stop();
  return { clients, seconds };
}

for (const size of [500, 2000]) {
  test(`${size} come to one room, and each is sent no more than its lists`, async (t) => {
    const { clients, seconds } = await crowd(t, size);
    const lists = Math.ceil(LISTS_A_SECOND * seconds) + 2;
    const most = lists * (NAMES * NAME_BYTES + BESIDE_A_LIST);
    for (const client of clients) {
      assert.ok(client.lists <= lists, `${client.lists} lists in ${seconds} s`);
      assert.ok(client.bytes <= most, `${client.bytes} bytes, ${most} are expected at most`);
    }
    const bytes = clients.reduce((sum, client) => sum + client.bytes, 0);
    t.diagnostic(`${bytes} bytes for ${size} clients in ${seconds.toFixed(1)} s`);
    assert.ok(bytes <= size * most);
  });
}
