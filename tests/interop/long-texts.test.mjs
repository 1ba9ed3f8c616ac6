// Texts that are longer than a message may be, from pages that know no such limit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient } from './support/socketio.mjs';

/** A text of this many characters, in which every word is another one. */
const text = (length) =>
  Array.from({ length: length / 5 }, (_, number) => number.toString(36).padStart(4, '.'))
    .join(' ')
    .padEnd(length, 'x');

/** How each vocabulary says something in the lobby. */
const VOCABULARIES = {
  'the room vocabulary': async (t, server) => {
    const client = await Client.open(t, server.wsUrl);
    client.send({ type: 'join', username: 'Alex', room: 'general' });
    await client.frame({ type: 'joined' });
    return (said) => client.send({ type: 'message', text: said });
  },
  'the chat vocabulary': async (t, server) => {
    const client = await Client.open(t, server.wsUrl);
    return (said) => client.send({ type: 'chat', message: said });
  },
  'bare text': async (t, server) => {
    const client = await Client.open(t, `${server.wsUrl}/?name=Alex`);
    return (said) => client.send(said);
  },
  'the rooms vocabulary': async (t, server) => {
    const client = await SocketIoClient.join(t, server, 'Alex');
    return (said) => client.emit('send-message', said);
  },
  'the lobby vocabulary': async (t, server) => {
    const client = await SocketIoClient.open(t, server.url);
    return (said) => client.emit('chat_message', { text: said });
  },
  'the vocabulary of a guide': async (t, server) => {
    const client = await SocketIoClient.open(t, server.url);
    client.emit('joinRoom', { username: 'Alex', room: 'general' });
    return (said) => client.emit('chatMessage', said);
  },
};

/** The texts of the messages up to one, the others as one text. */
async function heard(observer, end) {
  await observer.sees(end);
  const texts = (await observer.history('general')).map((message) => message.text);
  assert.equal(texts.pop(), end);
  return texts;
}

for (const [vocabulary, open] of Object.entries(VOCABULARIES)) {
  test(`in ${vocabulary} a long text becomes several messages in order`, async (t) => {
    const server = await startServer(t);
    const observer = await Native.in(t, server, 'general');
    const say = await open(t, server);
    const pasted = text(5000);
    say(pasted);
    say('/etc/passwd is a file');
    const texts = await heard(observer, '/etc/passwd is a file');
    assert.equal(texts.length, 3);
    assert.equal(texts.map((part) => part.trim()).join(' '), pasted);
  });
}

test('a text with U+0000 in its last part is refused whole', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const client = await Client.open(t, `${server.wsUrl}/?name=Alex`);
  client.send(`${text(5000)}\0`);
  await client.text((answer) => answer.includes('U+0000'));
  client.send('shorter');
  assert.deepEqual(await heard(observer, 'shorter'), []);
});

test('the parts of a text wait for the limits instead of being refused', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const client = await Client.open(t, server.wsUrl);
  const pasted = text(60_000);
  client.send(pasted);
  const end = await client.text((part) => part.endsWith('x') || part.startsWith('error'));
  assert.ok(pasted.endsWith(end));
  const texts = (await observer.history('general')).map((message) => message.text);
  assert.equal(texts.join(''), pasted);
  assert.ok(texts.length > 20, 'more than are allowed at once');
  assert.equal([...client.rest(), end].join(''), pasted, 'nothing else came back');
});

test('a long text that begins behind too many messages is refused as a whole', async (t) => {
  const server = await startServer(t, ['--messages-per-10-s', '1']);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  assert.ok((await alex.ask('send-message', 'hi')).ok);
  assert.equal((await alex.ask('send-message', text(3000))).code, 'rate_limited');
});

test('of a long text that is sent again each part is kept once', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const page = await SocketIoClient.open(t, server.url);
  const pasted = text(3000);
  for (let time = 0; time < 2; time += 1) {
    assert.deepEqual(await page.ask('chat message', pasted, 'a-1'), undefined);
  }
  await page.ask('chat message', 'last', 'a-2');
  const texts = await heard(observer, 'last');
  assert.equal(texts.map((part) => part.trim()).join(' '), pasted);
});

test('a long text is acknowledged with the place of its last message', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const { ok, seq } = await alex.ask('send-message', text(5000));
  assert.ok(ok);
  assert.equal((await alex.ask('send-message', 'next')).seq, seq + 1);
});
