// Clients of Socket.IO and two nodes, with nginx between them as it is shipped.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { startCluster } from './support/cluster.mjs';
import { Poller, path } from './support/poller.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

const nodeOf = (sid) => sid.split('-')[0];

test('who polls meets the own node, whichever that is', async (t) => {
  const cluster = await startCluster(t);
  const pollers = [];
  for (const name of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6']) {
    pollers.push(await Poller.join(cluster, name));
  }
  assert.deepEqual(new Set(pollers.map(({ sid }) => nodeOf(sid))), new Set(['a', 'b']));
  for (const [number, poller] of pollers.entries()) {
    await poller.post(`42["send-message","by ${number}"]`);
    for (const other of pollers) {
      await other.until(new RegExp(`by ${number}`));
    }
  }
});

test('a poll that comes to the wrong node is of a session that is not known there', async (t) => {
  const { nodes } = await startCluster(t);
  const poller = await Poller.open(nodes.a);
  assert.equal(nodeOf(poller.sid), 'a');
  const there = await fetch(nodes.b.url + path(poller.sid));
  assert.deepEqual([there.status, (await there.json()).code], [400, 1]);
});

test('who polls may change to a WebSocket, at the own node', async (t) => {
  const cluster = await startCluster(t);
  const clients = [];
  for (let count = 0; count < 6; count += 1) {
    clients.push(await SocketIoClient.open(t, cluster.url, WAYS['polling, then WebSocket']));
  }
  for (const client of clients) {
    if (client.transport !== 'websocket') {
      await once(client.socket.io.engine, 'upgrade');
    }
    assert.ok((await client.ask('chat_message', { text: 'hi' })).ok);
  }
});

for (const [way, options] of Object.entries(WAYS)) {
  test(`a client goes on at the other node when its own is gone: ${way}`, async (t) => {
    const cluster = await startCluster(t);
    const again = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };
    const client = await SocketIoClient.join(t, cluster, 'Alex', 'general', {
      ...options,
      ...again,
    });
    const gone = nodeOf(client.socket.io.engine.id);
    const left = gone === 'a' ? 'b' : 'a';
    const witness = await SocketIoClient.join(t, cluster.nodes[left], 'Sam');
    const back = once(client.socket, 'connect');
    await cluster.nodes[gone].kill();
    await back;
    assert.equal(nodeOf(client.socket.io.engine.id), left);
    client.emit('join', { username: 'Alex', room: 'general' });
    await client.event('message-history');
    assert.ok((await client.ask('send-message', 'I am here')).ok);
    await witness.event('new-message', ({ text }) => text === 'I am here');
  });
}
