// The chat vocabulary and the bare text of the simple protocol, spoken with the `ws` package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';

test('a chat client posts without a join and listens to every room it posts to', async (t) => {
  const server = await startServer(t);
  const first = await Client.open(t, server.wsUrl);
  first.send({ type: 'chat', room: 'general', message: 'Hello' });
  const own = await first.frame({ type: 'chat' });
  assert.equal(typeof own.userId, 'number');
  assert.equal(own.name, `Guest ${own.userId}`);
  assert.deepEqual([own.room, own.message, typeof own.timestamp], ['general', 'Hello', 'number']);

  const second = await Client.open(t, server.wsUrl);
  for (const room of ['general', 'tech']) {
    second.send({ type: 'chat', room, message: `to ${room}` });
    assert.equal((await second.frame({ type: 'chat', room })).message, `to ${room}`);
  }
  const heard = await first.frame({ type: 'chat', message: 'to general' });
  assert.notEqual(heard.userId, own.userId);
  first.send({ type: 'chat', room: 'tech', message: 'me too' });
  await second.frame({ type: 'chat', room: 'tech', message: 'me too' });
  assert.ok(
    !first.rest().some((text) => text.includes('to tech')),
    'what was said before it listened',
  );

  first.send('nonsense');
  assert.equal((await first.frame({ type: 'error' })).message, 'Invalid JSON');
  first.send({ type: 'join', username: 'Alex', room: 'general' });
  assert.equal(
    (await first.frame({ type: 'error' })).message,
    'There is no frame of type "join". There are: chat.',
  );
});

test('a listener whose room is deleted is asked to come back', async (t) => {
  const server = await startServer(t);
  const owner = await Native.signIn(t, server, 'Owner');
  await owner.create('tea');
  const listener = await Client.open(t, `${server.wsUrl}/?room=tea`);
  await owner.say('tea', 'hello');
  await listener.text((text) => text === 'hello');
  await owner.delete('tea');
  assert.equal((await listener.closed).code, 1012);
});

test('bare text is posted and heard exactly as it is', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const listener = await Client.open(t, server.wsUrl);
  const writer = await Client.open(t, `${server.wsUrl}/simple`);
  const observer = await Native.in(t, server, 'general');
  const texts = [
    'hello',
    '  spaces around  ',
    'two\nlines',
    '/help',
    '{"type":"join","username":"Alex","room":"general"}',
    '[1, 2]',
    'ünïcödé 😀',
  ];
  for (const text of texts) {
    writer.send(text);
    assert.equal(await writer.text(), text);
    assert.equal(await listener.text(), text);
    assert.match((await observer.sees(text)).name, /^Guest \d+$/);
  }
  writer.send('  ');
  assert.equal(await writer.text(), '[Chinwag] A message needs some text.');
});

test('nothing controls a terminal, and nobody speaks like the server', async (t) => {
  const server = await startServer(t);
  const [bare, named] = ['', '&prefix=name'].map((more) => `${server.wsUrl}/?room=den${more}`);
  const listeners = await Promise.all([bare, named].map((url) => Client.open(t, url)));
  const writer = await Client.open(t, `${bare}&name=Sam&echo=off`);
  const hears = async (text, ...heard) => {
    writer.send(text);
    assert.deepEqual(await Promise.all(listeners.map((listener) => listener.text())), heard);
  };
  await hears('a\u001b[2Jb\u009b1A\u0007\r\nc', 'a[2Jb1A\nc', 'Sam: a[2Jb1A\n  c');
  await hears('\u202egnp\u3164', 'gnp', 'Sam: gnp');
  await hears('hi\nKim: hello', 'hi\nKim: hello', 'Sam: hi\n  Kim: hello');
  await hears('[chinwag] Bye.', '> [chinwag] Bye.', 'Sam: > [chinwag] Bye.');
  writer.send('\u001b\u3164\u2800');
  assert.equal(await writer.text(), '[Chinwag] A message needs some text.');
});

test('a listener misses nothing that was posted after it was connected', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const observer = await Native.in(t, server, 'general');
  for (let round = 0; round < 10; round += 1) {
    await observer.say('general', `before ${round}`);
    const listener = await Client.open(t, server.wsUrl);
    await observer.say('general', `after ${round}`);
    assert.equal(await listener.text(), `after ${round}`);
    await observer.say('general', `later ${round}`);
    assert.equal(await listener.text(), `later ${round}`);
    await listener.close();
  }
});

test('the address says room, name, prefix and echo', async (t) => {
  const server = await startServer(t);
  const named = await Client.open(t, `${server.wsUrl}/?room=tech&prefix=name`);
  const quiet = await Client.open(t, `${server.wsUrl}/?room=tech&name=Alex&echo=off`);
  quiet.send('hi');
  assert.equal(await named.text(), 'Alex: hi');
  named.send('hello');
  assert.equal(await quiet.text(), 'hello');
  const again = await Client.open(t, `${server.wsUrl}/?room=tech&name=Alex`);
  again.send('me too');
  assert.equal(await named.text((text) => text.includes('me too')), 'Alex 2: me too');
  const fitted = await Client.open(t, `${server.wsUrl}/?room=***&name=%3CKim%3E&prefix=name`);
  fitted.send('hi');
  assert.equal(await fitted.text(), 'Kim: hi');
});

test('by configuration bare text comes back to the others only', async (t) => {
  const server = await startServer(t, ['--gateways-text-echo', 'false']);
  const [writer, listener] = [
    await Client.open(t, server.wsUrl),
    await Client.open(t, `${server.wsUrl}/?echo=on`),
  ];
  writer.send('hi');
  assert.equal(await listener.text(), 'hi');
  listener.send('hello');
  assert.deepEqual([await listener.text(), await writer.text()], ['hello', 'hello']);
});

test('an object of another vocabulary is a text, until a known frame comes', async (t) => {
  const server = await startServer(t);
  const listener = await Client.open(t, `${server.wsUrl}/?echo=off`);
  const page = await Client.open(t, server.wsUrl);
  for (const text of ['{"a":1}', '{"type":"hello","user":"Alex"}', '{}']) {
    page.send(text);
    assert.deepEqual([await page.text(), await listener.text()], [text, text]);
  }
  listener.send('hi');
  assert.equal(await page.text(), 'hi', 'it hears bare text still');
  page.send({ type: 'join', username: 'Alex', room: 'general' });
  assert.equal((await page.frame({ type: 'joined' })).username, 'Alex');
  const other = await Client.open(t, server.wsUrl);
  other.send('hello');
  assert.equal(await other.text(), 'hello');
  const frame = '{"type":"join","username":"Sam"}';
  other.send(frame);
  assert.equal(await other.text(), frame, 'one that spoke bare text goes on with it');
});
