// The vocabularies of published guides, spoken as their clients speak them.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GUIDES, told, WITH_ALL_GUIDES } from './support/guides.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient } from './support/socketio.mjs';

for (const [title, guide] of Object.entries(GUIDES)) {
  test(`clients of ${title} work as they are`, async (t) => {
    const server = await startServer(t, WITH_ALL_GUIDES);
    const { begin, say, message, alone, nameless, small, people, typing, stopped } = guide;
    const by = (name) => (nameless ? undefined : small ? name.toLowerCase() : name);
    const watcher = await SocketIoClient.join(t, server, 'Watcher', guide.room ?? 'general');
    const pages = {};
    for (const name of ['Alex', 'Sam']) {
      pages[name] = await SocketIoClient.open(t, server.url);
      if (begin) {
        pages[name].emit(...begin(name));
      }
    }
    const { Alex: alex, Sam: sam } = pages;
    if (people) {
      const [event, names] = people;
      for (const page of [alex, sam]) {
        await page.event(event, (list) => names(list).join() === 'Alex,Sam,Watcher');
      }
    }
    const said = async (page, name, text) => {
      page.emit(...say(text, name));
      const seen = await watcher.event('new-message', (event) => event.text === text);
      assert.ok(nameless || seen.username === name, seen.username);
      for (const other of [alex, sam]) {
        if (other !== page || !alone) {
          const heard = await other.event(message, (event) => told(event).text === text);
          assert.equal(told(heard).by, by(name));
        }
      }
    };
    await said(alex, 'Alex', 'hi');
    await said(sam, 'Sam', 'hello');
    await watcher.ask('send-message', 'welcome');
    for (const page of [alex, sam]) {
      const heard = await page.event(message, (event) => told(event).text === 'welcome');
      assert.equal(told(heard).by, by('Watcher'));
    }
    for (const [emitted, event, argument] of [typing, stopped].filter(Boolean)) {
      alex.emit(...emitted);
      assert.deepEqual(await sam.event(event), argument);
    }
    // Nothing came twice, and nobody was told of oneself who shows that alone.
    const rest = [...alex.rest(), ...sam.rest()].filter(({ name }) => name === message);
    const texts = rest.map(({ argument }) => told(argument).text);
    assert.deepEqual(
      texts.filter((text) => ['hi', 'hello', 'welcome'].includes(text)),
      [],
    );
  });
}

test('callbacks are called as the guides call them', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const called = async (page, ...event) => {
    const answer = await new Promise((resolve) =>
      page.socket.emit(...event, (...all) => resolve(all)),
    );
    return answer;
  };
  const mastery = await SocketIoClient.open(t, server.url);
  assert.deepEqual(await called(mastery, 'join', { name: 'Alex', room: 'den' }), []);
  assert.deepEqual(await called(mastery, 'sendMessage', 'hi'), []);
  assert.match((await called(mastery, 'sendMessage', ' '))[0], /needs some text/);
  const unnamed = await SocketIoClient.open(t, server.url);
  assert.deepEqual(await called(unnamed, 'join', { name: '<>', room: 'den' }), []);

  const simplified = await SocketIoClient.open(t, server.url);
  assert.deepEqual(await called(simplified, 'join-room', 'Den'), ['Joined den']);
  const traversy = await SocketIoClient.open(t, server.url);
  assert.deepEqual(await called(traversy, 'new user', 'Sam'), [true]);
});

test('a message that the tutorial of socket.io sends again is kept once', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const watcher = await SocketIoClient.join(t, server, 'Watcher');
  const page = await SocketIoClient.open(t, server.url);
  await page.ask('chat message', 'hi', 'abc-0').catch(() => undefined);
  await page.ask('chat message', 'hi', 'abc-0');
  await page.ask('chat message', 'bye', 'abc-1');
  await watcher.event('new-message', ({ text }) => text === 'hi');
  await watcher.event('new-message', ({ text }) => text === 'bye');
  assert.ok(!watcher.rest().some(({ name }) => name === 'new-message'));
});

test('whoever only looks hears the lobby in the vocabularies that need no word', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const looker = await SocketIoClient.open(t, server.url);
  const watcher = await SocketIoClient.join(t, server, 'Watcher');
  await watcher.ask('send-message', 'hi');
  for (const event of ['chat message', 'receive-message', 'message']) {
    assert.equal(await looker.event(event), 'hi');
  }
  assert.deepEqual(await looker.event('chat'), { handle: 'Watcher', message: 'hi' });
  assert.equal((await looker.serverEvent('chat_message')).text, 'hi');
  // From the first word on it hears its own vocabulary only.
  looker.emit('chat_message', { text: 'hello' });
  await looker.serverEvent('chat_message');
  await watcher.ask('send-message', 'welcome');
  await looker.serverEvent('chat_message', { text: 'welcome' });
  assert.ok(!looker.rest().some(({ argument }) => argument === 'welcome'));
});

test('a page that joins again is not told twice what it shows', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const watcher = await SocketIoClient.join(t, server, 'Watcher', 'den');
  await watcher.ask('send-message', 'before');
  const page = await SocketIoClient.open(t, server.url);
  const join = () => page.emit('joinRoom', { username: 'Alex', room: 'den' });
  const message = (text) => page.event('message', (event) => event.text === text);
  join();
  await message('before');
  join();
  await watcher.ask('send-message', 'after');
  await message('after');
  assert.ok(!page.rest().some(({ argument }) => argument.text === 'before'));
  // Another room is shown from its beginning.
  page.emit('joinRoom', { username: 'Alex', room: 'tech' });
  await page.event('roomUsers', ({ room }) => room === 'tech');
  join();
  await message('before');
  await message('after');
});

test('a message that names another room goes there', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const den = await SocketIoClient.join(t, server, 'Denny', 'den');
  const lobby = await SocketIoClient.join(t, server, 'Lob');
  const page = await SocketIoClient.open(t, server.url);
  page.emit('send-message', 'to all', '');
  await lobby.event('new-message', ({ text }) => text === 'to all');
  page.emit('send-message', 'only there', 'den');
  await den.event('new-message', ({ text }) => text === 'only there');
  await lobby.ask('send-message', 'last');
  await lobby.event('new-message', ({ text }) => text === 'last');
  assert.ok(!lobby.rest().some(({ argument }) => argument.text === 'only there'));
});

test('mistakes are told in the words of the guide', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const page = await SocketIoClient.open(t, server.url);
  const told = () => page.event('message', ({ username }) => username === 'Chinwag');
  page.emit('chatMessage', 'too early');
  assert.equal((await told()).text, 'Join a room first.');
  page.emit('joinRoom', { username: 'Alex', room: 'den' });
  await page.event('roomUsers');
  page.emit('chatMessage', '/help');
  assert.match((await told()).text, /\/nick/);
  page.emit('chatMessage', ['hi']);
  assert.match((await told()).text, /^chatMessage is emitted as \["chatMessage","\$text"\]\.$/);
  page.emit('dance');
  assert.match(
    (await told()).text,
    /^There is no event "dance". There are joinRoom, chatMessage; /,
  );
  page.emit('chatMessage', ' ');
  assert.match((await told()).text, /needs some text/);
});

test('names and rooms that break the rules are made to fit', async (t) => {
  const server = await startServer(t);
  const enter = async (username, room) => {
    const page = await SocketIoClient.open(t, server.url);
    page.emit('joinRoom', { username, room });
    const { room: entered, users } = await page.event('roomUsers');
    return [entered, users.at(-1).username, page];
  };
  const [room, name, page] = await enter('<Alex>', '***');
  assert.equal(name, 'Alex');
  const [same, , other] = await enter('Sam', '***');
  assert.equal(room, same, 'those who name the same room meet');
  assert.notEqual((await enter('Kim', '!!!'))[0], room);
  other.emit('chatMessage', 'hi');
  await page.event('message', ({ username, text }) => username === 'Sam' && text === 'hi');
  assert.match((await enter('\u200b', 'den'))[1], /^User \d+$/);
});

test('a vocabulary of one’s own is a table in a file', async (t) => {
  const document = await readFile(new URL('../../docs/socketio.md', import.meta.url), 'utf8');
  const [, table] = /```toml\n(.*?)```/s.exec(document);
  const folder = await mkdtemp(join(tmpdir(), 'chinwag-presets-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'presets.toml');
  await writeFile(file, table);
  const server = await startServer(t, ['--gateways-presets', file]);
  const watcher = await SocketIoClient.join(t, server, 'Watcher', 'ticket-7');
  const page = await SocketIoClient.open(t, server.url);
  const open = { customer: 'Alex', ticket: 'Ticket 7' };
  assert.deepEqual((await page.ask('open ticket', open)).room, 'ticket-7');
  assert.equal(await page.event('online'), 2);
  page.emit('keystroke', 13);
  assert.deepEqual(await watcher.event('typing'), { username: 'Alex' });
  assert.ok((await page.ask('write', 'hi')).ok);
  const { from, body, id } = await page.event('written');
  assert.deepEqual([from, body, id], ['Alex', 'hi', 'ticket-7:2']);
  // Those that come with the server are there, too.
  const other = await SocketIoClient.open(t, server.url);
  other.emit('joinRoom', { username: 'Sam', room: 'ticket-7' });
  assert.equal(await page.event('hint'), 'Sam came to ticket-7.');

  await writeFile(file, table.replace('"$iso"', '"$is"'));
  await assert.rejects(startServer(t, ['--gateways-presets', file]), /ended before it was ready/);
});
