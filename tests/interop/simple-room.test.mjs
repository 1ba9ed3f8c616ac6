// The room vocabulary of the simple protocol, spoken with the `ws` package.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';

/** Connects, joins, and answers the client with its `joined`. */
async function join(t, server, username, room = 'general') {
  const client = await Client.open(t, server.wsUrl);
  client.send({ type: 'join', username, room });
  return { client, joined: await client.frame({ type: 'joined' }) };
}

const names = ({ users }) => users.map(({ username }) => username);

test('two people meet, talk and part', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  assert.deepEqual(
    [alex.joined.room, alex.joined.username, alex.joined.history, names(alex.joined)],
    ['general', 'Alex', [], ['Alex']],
  );
  assert.equal(typeof alex.joined.clientId, 'string');

  const sam = await join(t, server, 'Sam');
  assert.deepEqual(names(sam.joined), ['Alex', 'Sam']);
  const came = await alex.client.frame({ type: 'user_joined', username: 'Sam' });
  assert.equal(came.userId, sam.joined.clientId);
  assert.deepEqual(came.users, sam.joined.users);
  assert.deepEqual(came.users[0], { id: alex.joined.clientId, username: 'Alex' });

  const before = Date.now();
  alex.client.send({ type: 'message', text: 'hi' });
  const [own, others] = [
    await alex.client.frame({ type: 'message' }),
    await sam.client.frame({ type: 'message' }),
  ];
  assert.deepEqual(own, others);
  assert.deepEqual([own.text, own.username, own.userId], ['hi', 'Alex', alex.joined.clientId]);
  assert.equal(typeof own.id, 'string');
  assert.ok(Math.abs(own.timestamp - before) < 60_000, `${own.timestamp} are milliseconds`);

  const told = sam.client.rest().filter((text) => text.includes('user_joined'));
  assert.deepEqual(told, [], 'who comes is not told of those who were there');

  await sam.client.close();
  const left = await alex.client.frame({ type: 'user_left' });
  assert.deepEqual([left.userId, left.username], [sam.joined.clientId, 'Sam']);
  assert.deepEqual(names(left), ['Alex']);
});

test('history is the last hundred, oldest first, with the ids that their authors were given', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const alex = await join(t, server, 'Alex');
  for (let number = 0; number < 120; number += 1) {
    alex.client.send({ type: 'message', text: `no. ${number}` });
  }
  await alex.client.frame({ type: 'message', text: 'no. 119' });
  const { joined } = await join(t, server, 'Sam');
  assert.equal(joined.history.length, 100);
  assert.deepEqual(
    joined.history.map(({ text }) => text),
    Array.from({ length: 100 }, (_, place) => `no. ${place + 20}`),
  );
  assert.ok(
    joined.history.every(
      ({ type, userId }) => type === 'message' && userId === alex.joined.clientId,
    ),
  );
  assert.equal(new Set(joined.history.map(({ id }) => id)).size, 100);
});

test('typing is told to the others only, and ends', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  const sam = await join(t, server, 'Sam');
  alex.client.send({ type: 'typing', isTyping: true });
  const typing = await sam.client.frame({ type: 'typing', isTyping: true });
  assert.deepEqual([typing.userId, typing.username], [alex.joined.clientId, 'Alex']);
  alex.client.send({ type: 'typing', isTyping: false });
  await sam.client.frame({ type: 'typing', isTyping: false, username: 'Alex' });
  sam.client.send({ type: 'typing', isTyping: true });
  await alex.client.frame({ type: 'typing', isTyping: true, username: 'Sam' });
  assert.deepEqual(
    alex.client.rest().filter((text) => text.includes('"typing"')),
    [],
  );
});

test('a second join moves the connection', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  const sam = await join(t, server, 'Sam');
  const tech = await join(t, server, 'Kim', 'tech');
  sam.client.send({ type: 'join', username: 'Sam', room: 'tech' });
  const moved = await sam.client.frame({ type: 'joined', room: 'tech' });
  assert.deepEqual([moved.clientId, names(moved)], [sam.joined.clientId, ['Kim', 'Sam']]);
  const left = await alex.client.frame({ type: 'user_left', username: 'Sam' });
  assert.deepEqual([left.userId, names(left)], [sam.joined.clientId, ['Alex']]);
  await tech.client.frame({ type: 'user_joined', username: 'Sam' });

  alex.client.send({ type: 'message', text: 'only here' });
  await alex.client.frame({ type: 'message', text: 'only here' });
  tech.client.send({ type: 'message', text: 'only there' });
  await sam.client.frame({ type: 'message', text: 'only there' });
  assert.ok(!sam.client.rest().some((text) => text.includes('only here')));
});

test('a join under another name makes somebody else of the connection', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  const sam = await join(t, server, 'Sam');
  sam.client.send({ type: 'join', username: 'Kim', room: 'general' });
  const joined = await sam.client.frame({ type: 'joined', username: 'Kim' });
  assert.notEqual(joined.clientId, sam.joined.clientId);
  await alex.client.frame({ type: 'user_joined', username: 'Kim' });
  sam.client.send({ type: 'message', text: 'it is me' });
  const message = await alex.client.frame({ type: 'message' });
  assert.deepEqual([message.username, message.userId], ['Kim', joined.clientId]);
  await join(t, server, 'Sam');
  await alex.client.frame({ type: 'user_joined', username: 'Sam' });
});

test('a name that is taken gets a free variant, and is free again after the visit', async (t) => {
  const server = await startServer(t);
  const first = await join(t, server, 'Alex');
  const second = await join(t, server, 'alex');
  assert.deepEqual([first.joined.username, second.joined.username], ['Alex', 'alex 2']);
  await first.client.close();
  await second.client.frame({ type: 'user_left', username: 'Alex' });
  const third = await join(t, server, 'Alex');
  assert.equal(third.joined.username, 'Alex');
});

test('a variant of a name stays one from room to room', async (t) => {
  const server = await startServer(t);
  await join(t, server, 'Alex');
  const { client, joined } = await join(t, server, 'Alex');
  for (const username of [joined.username, 'Alex', joined.username]) {
    client.send({ type: 'join', username, room: 'tech' });
    const moved = await client.frame({ type: 'joined' });
    assert.deepEqual([moved.username, moved.clientId], ['Alex 2', joined.clientId]);
  }
});

test('a room that does not exist is made, unless the configuration says no', async (t) => {
  const server = await startServer(t);
  const { joined } = await join(t, server, 'Alex', 'brand-new');
  assert.deepEqual([joined.room, names(joined)], ['brand-new', ['Alex']]);
  const strict = await startServer(t, ['--gateways-create-rooms', 'false']);
  const client = await Client.open(t, strict.wsUrl);
  client.send({ type: 'join', username: 'Alex', room: 'brand-new' });
  assert.equal((await client.frame({ type: 'error' })).message, 'There is no room #brand-new.');
});

test('a ping is answered, whatever is spoken, and decides nothing', async (t) => {
  const server = await startServer(t);
  const silent = await Client.open(t, server.wsUrl);
  const other = await Client.open(t, `${server.wsUrl}?prefix=name`);
  // It listens as bare text when it hears one.
  other.send('hello');
  await silent.text((text) => text === 'hello');
  silent.send({ type: 'ping' });
  assert.deepEqual(await silent.frame({ type: 'pong' }), { type: 'pong' });
  silent.send({ type: 'chat', message: 'hi' });
  assert.equal((await silent.frame({ type: 'chat' })).message, 'hi');
  silent.send({ type: 'ping' });
  await silent.frame({ type: 'pong' });
  const { client } = await join(t, server, 'Alex');
  client.send({ type: 'ping' });
  await client.frame({ type: 'pong' });
});

test('mistakes are answered with a sentence, and the connection goes on', async (t) => {
  const server = await startServer(t);
  const { client } = await join(t, server, 'Alex');
  const answer = async (message) => {
    client.send(message);
    return (await client.frame({ type: 'error' })).message;
  };
  assert.equal(await answer('not JSON'), 'Invalid JSON');
  assert.equal(await answer('{"type":"message"'), 'Invalid JSON');
  assert.equal(
    await answer({ type: 'dance' }),
    'There is no frame of type "dance". There are: join, message, typing.',
  );
  assert.equal(await answer({ type: 'message', text: '  ' }), 'A message needs some text.');
  assert.equal(
    await answer({ type: 'join', username: ' ', room: 'general' }),
    'A name has 1 to 40 characters.',
  );
  assert.match(await answer({ type: 'join', username: 'Alex', room: '***' }), /^A room's address/);
  client.send({ type: 'message', text: 'still here' });
  await client.frame({ type: 'message', text: 'still here' });
});

test('rooms may be called by a name', async (t) => {
  const server = await startServer(t);
  const alex = await Client.open(t, server.wsUrl);
  alex.send({ type: 'join', username: 'Alex', room: 'Late Night' });
  assert.equal((await alex.frame({ type: 'joined' })).room, 'late-night');
  const sam = await Client.open(t, server.wsUrl);
  sam.send({ type: 'join', username: 'Sam', room: 'late-night' });
  assert.equal((await sam.frame({ type: 'joined' })).users.length, 2);
});

test('rooms of any script are rooms of their own', async (t) => {
  const server = await startServer(t);
  const enter = async (username, room) => {
    const client = await Client.open(t, server.wsUrl);
    client.send({ type: 'join', username, room });
    return { client, ...(await client.frame({ type: 'joined' })) };
  };
  const alex = await enter('Alex', 'Комната 7');
  const sam = await enter('Sam', '会議室 7');
  assert.deepEqual([alex.room, sam.room], ['комната-7', '会議室-7']);
  alex.client.send({ type: 'message', text: 'привет' });
  sam.client.send({ type: 'message', text: 'やあ' });
  assert.equal((await sam.client.frame({ type: 'message' })).text, 'やあ');
  const again = await enter('Kim', 'комната 7');
  assert.deepEqual(
    again.history.map(({ text }) => text),
    ['привет'],
  );
  assert.equal((await enter('Mio', '日本')).room, '日本');
});

test('who says something before the first join is told to join', async (t) => {
  const server = await startServer(t);
  const client = await Client.open(t, server.wsUrl);
  client.send({ type: 'message', text: 'hi' });
  assert.equal((await client.frame({ type: 'error' })).message, 'Join a room first.');
  client.send({ type: 'join', username: '', room: 'general' });
  assert.equal((await client.frame({ type: 'error' })).message, 'A name has 1 to 40 characters.');
  client.send({ type: 'join', username: 'Alex', room: 'general' });
  assert.equal((await client.frame({ type: 'joined' })).username, 'Alex');
});

test('over twenty messages in ten seconds each gets an error: none is dropped in silence', async (t) => {
  const server = await startServer(t);
  const { client } = await join(t, server, 'Alex');
  for (let number = 1; number <= 30; number += 1) {
    client.send({ type: 'message', text: `no. ${number}` });
  }
  const [kept, refused] = [[], []];
  while (kept.length + refused.length < 30) {
    const frame = JSON.parse(await client.text());
    (frame.type === 'message' ? kept : refused).push(frame);
  }
  assert.ok(
    kept.length >= 20 && refused.length > 0,
    `${kept.length} kept, ${refused.length} refused`,
  );
  assert.ok(
    refused.every(({ type, message }) => type === 'error' && /^You are too fast/.test(message)),
  );
});

test('one who joins right away hears no bare text and is never seen as a nameless guest', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const alex = await join(t, server, 'Alex');
  for (const username of ['Kim', 'Pat', 'Sam']) {
    const client = await Client.open(t, server.wsUrl);
    // The server waits for the first message now.
    client.socket.ping();
    await once(client.socket, 'pong');
    client.send({ type: 'join', username, room: 'general' });
    const joined = await client.frame({ type: 'joined' });
    alex.client.send({ type: 'message', text: `hello ${username}` });
    await client.frame({ type: 'message', text: `hello ${username}` });
    assert.deepEqual(
      client.rest().filter((text) => !text.startsWith('{')),
      [],
    );
    await alex.client.frame({ type: 'user_joined', userId: joined.clientId });
  }
  assert.deepEqual(
    alex.client.rest().filter((text) => text.includes('Guest')),
    [],
  );
});

test('one who has listened for a while joins all the same', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  const client = await Client.open(t, server.wsUrl);
  const came = await alex.client.frame({ type: 'user_joined' });
  assert.match(came.username, /^Guest \d+$/);
  client.send({ type: 'join', username: 'Sam', room: 'general' });
  assert.equal((await client.frame({ type: 'joined' })).username, 'Sam');
  await alex.client.frame({ type: 'user_left', userId: came.userId });
});

test('what is typed as a command is carried out', async (t) => {
  const server = await startServer(t);
  const alex = await join(t, server, 'Alex');
  const sam = await join(t, server, 'Sam');
  const say = (text) => sam.client.send({ type: 'message', text });
  await alex.client.frame({ type: 'user_joined', username: 'Sam' });
  say('/me waves');
  await alex.client.frame({ type: 'message', text: '* Sam waves' });
  for (const text of ['/dance', '/etc/passwd is a file', '// a comment']) {
    say(text);
    await alex.client.frame({ type: 'message', text });
  }
  say('//nick');
  await alex.client.frame({ type: 'message', text: '/nick' });
  say('/nick Samira');
  assert.equal((await sam.client.frame({ type: 'system' })).message, 'You are Samira now.');
  assert.ok(names(await alex.client.frame({ type: 'users' })).includes('Samira'));
  say('/join tech');
  assert.equal((await sam.client.frame({ type: 'joined', room: 'tech' })).username, 'Samira');
  await alex.client.frame({ type: 'user_left', username: 'Samira' });
  say('/logout');
  assert.deepEqual(await sam.client.closed, { code: 1000, reason: 'Signed out.' });
});

test('people at the native protocol see the guest and its messages, and it sees theirs', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const { client, joined } = await join(t, server, 'Alex');
  assert.deepEqual(names(joined), ['Alex', 'Observer']);
  const change = await observer.seesPresence('Alex', 'online');
  assert.deepEqual([change.kind, change.via], ['visitor', 'simple']);
  client.send({ type: 'message', text: 'hello' });
  assert.equal((await observer.sees('hello')).name, 'Alex');
  await observer.say('general', 'welcome');
  assert.equal((await client.frame({ type: 'message', text: 'welcome' })).username, 'Observer');
  await client.close();
  await observer.seesPresence('Alex', 'offline');
});

test('an answer stands under the beginning of what it answers, live and in the history', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const { client } = await join(t, server, 'Alex');
  client.send({ type: 'message', text: `shall we have ${'very '.repeat(20)}late tea?` });
  const asked = await observer.sees(`shall we have ${'very '.repeat(20)}late tea?`);
  const answer = await observer.answer('general', asked.seq, 'yes');
  const { text } = await client.frame({ type: 'message', username: 'Observer' });
  const [quote, ...said] = text.split('\n');
  assert.match(quote, /^> Alex: shall we have very very .*…$/);
  assert.deepEqual([quote.length, said], ['> Alex: '.length + 60, ['yes']]);
  await observer.edit('general', answer.seq, 'no');
  const edited = await client.frame({ type: 'message_edited' });
  assert.equal(edited.text, `${quote}\nno`);
  const sam = await join(t, server, 'Sam');
  assert.deepEqual(sam.joined.history.at(-1).text, edited.text);
});
