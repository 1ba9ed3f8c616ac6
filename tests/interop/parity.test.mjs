// The same script by every protocol, on one server and on two nodes: the rooms keep the same messages, and others see the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCluster } from './support/cluster.mjs';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';
import { SPEAKERS } from './support/speakers.mjs';

const PLACES = { 'one server': startServer, 'two nodes behind nginx': startCluster };

/** What each protocol left in the rooms, by place. */
const kept = new Map(Object.keys(PLACES).map((place) => [place, new Map()]));

const cases = Object.keys(PLACES).flatMap((place) =>
  Object.entries(SPEAKERS).map(([protocol, speaker]) => ({ place, protocol, speaker })),
);

for (const { place, protocol, speaker } of cases) {
  test(`join, talk, type, switch room, drop, return: ${protocol}, ${place}`, async (t) => {
    const server = await PLACES[place](t);
    const observer = await Native.in(t, server, 'general');
    await observer.join('tech');
    const alex = await speaker(t, server);

    await alex.enter('general');
    await observer.seesPresence('Alex', 'online');
    for (const text of ['hi', 'two\nlines', 'ünïcödé 😀 <b>']) {
      await alex.say(text);
      await observer.sees(text);
    }
    await alex.type();
    await observer.seesTyping('general', 'Alex');
    await alex.say('that was it');
    await observer.sees('that was it');
    await observer.seesTyping('general');

    await alex.enter('tech');
    await observer.seesPresence('Alex', 'offline');
    await observer.seesPresence('Alex', 'online', 'tech');
    await observer.say('tech', 'welcome');
    await alex.say('thanks');
    await observer.sees('thanks');

    await alex.drop();
    await observer.seesPresence('Alex', 'offline', 'tech');
    await alex.comeBack();
    await observer.seesPresence('Alex', 'online', 'tech');
    await alex.say('back again');
    await observer.sees('back again');

    const messages = await Promise.all(['general', 'tech'].map((room) => observer.history(room)));
    kept.get(place).set(
      protocol,
      messages.flat().map(({ room, name, text }) => [room, name, text]),
    );
  });
}

test('all protocols leave the same messages in the rooms, everywhere', () => {
  const logs = [...kept.values()].flatMap((protocols) => [...protocols.values()]);
  assert.equal(logs.length, cases.length);
  const [first, ...others] = logs;
  assert.equal(first.length, 7);
  for (const messages of others) {
    assert.deepEqual(messages, first);
  }
});
