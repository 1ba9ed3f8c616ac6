// The rooms vocabulary of Socket.IO, spoken with the official client.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} two people meet, talk and part`, async (t) => {
    const server = await startServer(t);
    const alex = await SocketIoClient.join(t, server, 'Alex', 'general', options);
    await alex.people('Alex');
    const sam = new SocketIoClient(server.url, options);
    t.after(() => sam.socket.disconnect());
    sam.emit('join', { username: 'Sam', room: 'general' });
    assert.deepEqual(await sam.event('message-history'), []);
    await sam.people('Alex', 'Sam');
    await alex.people('Alex', 'Sam');
    const came = await alex.line('Sam joined #general');
    assert.ok(Math.abs(came.timestamp - Date.now()) < 60_000);

    const acked = await alex.ask('send-message', 'hi');
    const [own, others] = [await alex.event('new-message'), await sam.event('new-message')];
    assert.deepEqual(own, others);
    assert.deepEqual([own.username, own.text, own.id], ['Alex', 'hi', `general:${acked.seq}`]);
    assert.ok(acked.ok && Math.abs(own.timestamp - Date.now()) < 60_000);

    alex.emit('typing');
    assert.deepEqual(await sam.event('typing'), { username: 'Alex' });
    alex.emit('stopped-typing');
    assert.deepEqual(await sam.event('stopped-typing'), { username: 'Alex' });

    sam.socket.disconnect();
    await alex.people('Alex');
    await alex.line('Sam left #general');
    const own_events = alex
      .rest()
      .map(({ name, argument }) => `${name} ${argument?.username ?? argument?.text}`);
    assert.deepEqual(
      own_events.filter((event) => /typing|Alex joined/.test(event)),
      [],
      'nobody is told of oneself',
    );
  });
}

test('the history is the last fifty, oldest first, and ids never repeat', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  for (let number = 0; number < 60; number += 1) {
    alex.emit('send-message', `no. ${number}`);
  }
  const seen = [];
  while (seen.length < 60) {
    seen.push(await alex.event('new-message'));
  }
  const sam = new SocketIoClient(server.url);
  t.after(() => sam.socket.disconnect());
  sam.emit('join', { username: 'Sam', room: 'general' });
  const history = await sam.event('message-history');
  assert.deepEqual(history, seen.slice(-50));
  assert.equal(new Set(seen.map(({ id }) => id)).size, 60);
});

test('after a reconnect and another join there is the history, and nobody twice', async (t) => {
  const server = await startServer(t);
  const options = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const sam = new SocketIoClient(server.url, options);
  t.after(() => sam.socket.disconnect());
  sam.socket.on('connect', () => sam.emit('join', { username: 'Sam', room: 'general' }));
  await sam.event('message-history');
  await alex.people('Alex', 'Sam');
  await sam.ask('send-message', 'before');
  // The line breaks, and the client comes back by itself.
  sam.socket.io.engine.close();
  const [message] = await sam.event('message-history');
  assert.equal(message.text, 'before');
  await sam.people('Alex', 'Sam');
  // The same on a connection that did not break.
  sam.emit('join', { username: 'Sam', room: 'general' });
  await sam.event('message-history');
  await sam.people('Alex', 'Sam');
  const after = await sam.ask('send-message', 'after');
  const { id } = await alex.event('new-message', ({ text }) => text === 'after');
  assert.equal(id, `general:${after.seq}`);
  // Behind the next message nothing of the one before can come any more.
  await sam.ask('send-message', 'last');
  for (const client of [alex, sam]) {
    await client.event('new-message', ({ text }) => text === 'last');
  }
  await sam.event('new-message', ({ text }) => text === 'after');
  for (const client of [alex, sam]) {
    const again = client.rest().filter(({ argument }) => argument?.text === 'after');
    assert.deepEqual(again, []);
  }
});

test('a second join moves the client to another room', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const sam = await SocketIoClient.join(t, server, 'Sam');
  const kim = await SocketIoClient.join(t, server, 'Kim', 'tech');
  await alex.people('Alex', 'Sam');
  sam.emit('join', { username: 'Sam', room: 'tech' });
  await alex.people('Alex');
  await kim.people('Kim', 'Sam');
  await kim.line('Sam joined #tech');
  await alex.ask('send-message', 'only here');
  await kim.ask('send-message', 'only there');
  await sam.event('new-message', ({ text }) => text === 'only there');
  assert.ok(!JSON.stringify(sam.rest()).includes('only here'));
  assert.deepEqual(await sam.ask('leave'), { ok: true });
  await kim.line('Sam left #tech');
  const refused = await sam.ask('send-message', 'nowhere');
  assert.deepEqual(
    [refused.ok, refused.code, refused.message],
    [false, 'not_member', 'Join a room first.'],
  );
});

test('a name that is taken gets a free variant', async (t) => {
  const server = await startServer(t);
  await SocketIoClient.join(t, server, 'Alex');
  const second = await SocketIoClient.join(t, server, 'Alex');
  await second.people('Alex', 'Alex 2');
  await second.ask('send-message', 'who am I?');
  assert.equal((await second.event('new-message')).username, 'Alex 2');
});

test('mistakes are answered with a sentence, and the connection goes on', async (t) => {
  const server = await startServer(t);
  const early = await SocketIoClient.open(t, server.url);
  early.emit('send-message', 'hi');
  assert.deepEqual(await early.event('error-message'), { message: 'Join a room first.' });

  const alex = await SocketIoClient.join(t, server, 'Alex');
  const complaint = async (name, ...argument) => {
    const acked = await alex.ask(name, ...argument);
    const { message } = await alex.event('error-message');
    assert.deepEqual([acked.ok, acked.message], [false, message]);
    return `${acked.code}: ${message}`;
  };
  assert.match(
    await complaint('send-message', { text: 'hi' }),
    /^bad_frame: A message is a string/,
  );
  assert.match(await complaint('send-message', ' '), /^message_empty: /);
  assert.match(await complaint('join', { username: '<b>', room: 'general' }), /^name_invalid: /);
  assert.match(await complaint('join', { username: 'Alex', room: '***' }), /^room_invalid: /);
  assert.match(await complaint('join'), /^name_invalid: /);
  assert.match(await complaint('dance'), /^unknown_type: There is no event "dance"/);
  assert.ok((await alex.ask('send-message', 'still here')).ok);
});

test('who writes too fast is told how long to wait', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, number) => alex.ask('send-message', `no. ${number}`)),
  );
  const kept = answers.filter(({ ok }) => ok);
  const refused = answers.filter(({ ok }) => !ok);
  assert.ok(kept.length >= 20 && refused.length > 0, `${kept.length} kept`);
  assert.ok(refused.every(({ code, retryAfterMs }) => code === 'rate_limited' && retryAfterMs > 0));
  const places = kept.map(({ seq }) => seq);
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
    'the order is kept',
  );
});

test('what is typed as a command is carried out', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const sam = await SocketIoClient.join(t, server, 'Sam');
  const message = (text) => alex.event('new-message', (event) => event.text === text);
  sam.emit('send-message', '/me waves');
  await message('* Sam waves');
  for (const text of ['/dance', '/etc/passwd is a file', '// a comment']) {
    sam.emit('send-message', text);
    await message(text);
  }
  sam.emit('send-message', '//nick');
  await message('/nick');
  sam.emit('send-message', '/nick Samira');
  await sam.line('You are Samira now.');
  await alex.people('Alex', 'Samira');
  sam.emit('send-message', '/join tech');
  await sam.people('Samira');
  sam.emit('send-message', '/leave');
  await sam.line('You have left #tech.');
  sam.emit('join', { username: 'Samira', room: 'general' });
  await alex.people('Alex', 'Samira');
  const ended = once(sam.socket, 'disconnect');
  sam.emit('send-message', '/logout');
  assert.equal((await ended)[0], 'io server disconnect');
  await alex.people('Alex');
});

test('the same conversation is seen natively', async (t) => {
  const server = await startServer(t);
  const observer = await Native.in(t, server, 'general');
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const change = await observer.seesPresence('Alex', 'online');
  assert.deepEqual([change.kind, change.via], ['visitor', 'socketio']);
  await alex.people('Alex', 'Observer');
  alex.emit('typing');
  await observer.seesTyping('general', 'Alex');
  const { seq } = await alex.ask('send-message', 'hi');
  assert.equal((await observer.sees('hi')).seq, seq);
  await observer.say('general', 'welcome');
  assert.equal(
    (await alex.event('new-message', ({ text }) => text === 'welcome')).username,
    'Observer',
  );
  alex.socket.disconnect();
  await observer.seesPresence('Alex', 'offline');
});

test('somebody who signed in misses nothing of the lobby', async (t) => {
  const server = await startServer(t);
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ida', for: 'script' }),
  });
  const { token } = await response.json();
  const other = await SocketIoClient.open(t, server.url);
  await other.serverEvent('welcome');
  const ida = await SocketIoClient.open(t, server.url, { auth: { token } });
  await ida.serverEvent('welcome');
  await other.ask('chat_message', { text: 'right behind the welcome' });
  const message = await ida.serverEvent('chat_message');
  assert.equal(message.text, 'right behind the welcome');
  const again = await ida.serverEvent('welcome');
  assert.equal(again.onlineCount, 2);
  ida.emit('chat_message', { text: '/join general' });
  await ida.serverEvent('welcome');
  await other.ask('chat_message', { text: 'still heard' });
  await ida.serverEvent('chat_message', { text: 'still heard' });
});

test('somebody who signed in joins as that person', async (t) => {
  const server = await startServer(t);
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ida', for: 'script' }),
  });
  const { token } = await response.json();
  const ida = await SocketIoClient.join(t, server, 'Somebody', 'general', { auth: { token } });
  await ida.people('Ida');
  const again = await SocketIoClient.join(t, server, 'Somebody', 'general', { auth: { token } });
  await again.people('Ida');
  for (const stale of ['stale', 123]) {
    await assert.rejects(SocketIoClient.open(t, server.url, { auth: { token: stale } }), {
      message: 'auth.token is not the token of a session here; leave it out to come as a visitor.',
      data: { code: 'unauthorized' },
    });
  }
});

test('whoever joins is told as whom and where', async (t) => {
  const server = await startServer(t);
  await SocketIoClient.join(t, server, 'Alex', 'late-night');
  const second = await SocketIoClient.open(t, server.url);
  const { ok, room, username } = await second.ask('join', { username: 'Alex', room: 'Late Night' });
  assert.deepEqual({ ok, room, username }, { ok: true, room: 'late-night', username: 'Alex 2' });
});

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} what was written without a line goes out behind the join`, async (t) => {
    const server = await startServer(t);
    const sam = await SocketIoClient.join(t, server, 'Sam');
    const alex = await SocketIoClient.open(t, server.url, options);
    // As the official client does: it emits what it kept, and then calls the page, which joins.
    const kept = [alex.ask('send-message', 'first'), alex.ask('send-message', 'second')];
    alex.emit('join', { username: 'Alex', room: 'general' });
    const places = (await Promise.all(kept)).map(({ ok, seq }) => ok && seq);
    for (const [index, text] of ['first', 'second'].entries()) {
      const { username, id } = await sam.event('new-message', (message) => message.text === text);
      assert.deepEqual([username, id], ['Alex', `general:${places[index]}`]);
    }
  });
}

test('what is no message waits for no room', async (t) => {
  const server = await startServer(t);
  const sam = await SocketIoClient.join(t, server, 'Sam');
  const alex = await SocketIoClient.open(t, server.url);
  // As a page does that changes its room, and as one whose person typed without a line.
  const left = alex.ask('leave');
  for (let key = 0; key < 30; key += 1) {
    alex.emit('typing');
  }
  const kept = alex.ask('send-message', 'kept');
  const joined = alex.ask('join', { username: 'Alex', room: 'general' });
  assert.equal((await left).code, 'not_member');
  assert.ok((await joined).ok);
  assert.ok((await kept).ok);
  assert.ok((await alex.ask('send-message', 'still here')).ok);
  await sam.event('new-message', ({ text }) => text === 'still here');
  const complaints = alex.rest().filter(({ name }) => name === 'error-message');
  assert.equal(complaints.length, 1, 'of the leave alone');
});

test('what waits for a room is bounded in number and bytes', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  for (const [text, most] of [
    ['short', 20],
    ['x'.repeat(2000), 8],
  ]) {
    const alex = await SocketIoClient.open(t, server.url);
    const asked = Array.from({ length: 25 }, () => alex.ask('send-message', text));
    alex.emit('join', { username: 'Alex', room: 'general' });
    const answers = await Promise.all(asked);
    assert.equal(answers.filter(({ ok }) => ok).length, most);
    assert.ok(answers.every(({ ok, code }) => ok || code === 'not_member'));
  }
});

test('nothing is said after the last word', async (t) => {
  const server = await startServer(t);
  const sam = await SocketIoClient.join(t, server, 'Sam');
  const alex = await SocketIoClient.open(t, server.url);
  const ended = once(alex.socket, 'disconnect');
  for (const text of ['first', '/logout', 'after the end']) {
    alex.emit('send-message', text);
  }
  alex.emit('join', { username: 'Alex', room: 'general' });
  await sam.event('new-message', ({ text }) => text === 'first');
  await ended;
  await sam.ask('send-message', 'last');
  const { text } = await sam.event('new-message');
  assert.equal(text, 'last');
});

test('whoever is refused in a room is nobody in the lobby', async (t) => {
  const server = await startServer(t);
  const lobby = await SocketIoClient.join(t, server, 'Alex', 'general');
  await lobby.people('Alex');
  const refused = await SocketIoClient.open(t, server.url);
  assert.equal((await refused.ask('join', { username: '<b>', room: 'tech' })).code, 'name_invalid');
  // Longer than one is waited for who may join: then everybody would be told.
  const later = await SocketIoClient.open(t, server.url);
  await lobby.people('Alex', 'User 3');
  assert.equal(later.socket.connected, true);
});
