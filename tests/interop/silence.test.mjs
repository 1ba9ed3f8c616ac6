// Two nodes behind nginx as it is shipped: whoever is silent for longer than nginx waits by itself (60 s) and than it is told to wait (75 s) stays
// connected, since the server says something in between. None of these clients would connect again by itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { Client } from './support/client.mjs';
import { startCluster } from './support/cluster.mjs';
import { Native } from './support/native.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

const SILENCE = 100_000;

/** Somebody at each protocol who is in `general`: how they write there, and how they see what is written. */
const PEOPLE = {
  async native(t, cluster) {
    const native = await Native.in(t, cluster, 'general', 'Alex');
    return { say: (text) => native.say('general', text), sees: (text) => native.sees(text) };
  },

  async simple(t, cluster) {
    const client = await Client.open(t, cluster.wsUrl);
    client.send({ type: 'join', username: 'Sam', room: 'general' });
    await client.frame({ type: 'joined', room: 'general' });
    return {
      say: (text) => client.send({ type: 'message', text }),
      sees: (text) => client.frame({ type: 'message', text }),
    };
  },

  'Socket.IO by WebSocket': (t, cluster) => socketIo(t, cluster, 'Kim', 'WebSocket'),
  'Socket.IO by polling': (t, cluster) => socketIo(t, cluster, 'Bo', 'polling'),
};

async function socketIo(t, cluster, name, way) {
  const client = await SocketIoClient.join(t, cluster, name, 'general', WAYS[way]);
  return {
    say: (text) => client.ask('send-message', text),
    async sees(text) {
      assert.ok(client.socket.connected, `${name} was cut off`);
      await client.event('new-message', (message) => message.text === text);
    },
  };
}

test('who is silent for 100 s stays connected', { timeout: 240_000 }, async (t) => {
  const cluster = await startCluster(t);
  const people = new Map();
  for (const [protocol, enter] of Object.entries(PEOPLE)) {
    people.set(protocol, await enter(t, cluster));
  }
  const everybodySees = (text) =>
    Promise.all([...people.values()].map((person) => person.sees(text)));
  await pass(SILENCE);
  for (const [name, node] of Object.entries(cluster.nodes)) {
    const somebody = await Native.in(t, node, 'general', `Somebody at ${name}`);
    await somebody.say('general', `from ${name}`);
    await everybodySees(`from ${name}`);
  }
  for (const [protocol, person] of people) {
    await person.say(`by ${protocol}`);
    await everybodySees(`by ${protocol}`);
  }
});
