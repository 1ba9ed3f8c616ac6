// Pages of guides that lose the line: the official client brings what it needs to go on where it was, and the page does nothing.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { GUIDES, told, WITH_ALL_GUIDES } from './support/guides.mjs';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

const AGAIN = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };

/** A page of a guide, which remembers every message that it was told. */
class Page {
  texts = [];
  #waiting;

  constructor(t, server, guide, options = {}) {
    this.guide = guide;
    this.client = new SocketIoClient(server.url, { ...AGAIN, ...options });
    t.after(() => this.client.socket.disconnect());
    this.client.socket.on(guide.message, (message) => {
      const { text } = told(message);
      // Who comes and goes is told when it is noticed.
      if (!/ has (joined|left)/.test(text)) {
        this.texts.push(text);
        this.#waiting?.();
      }
    });
    if (guide.begin) {
      this.client.emit(...guide.begin('Alex'));
    }
  }

  say(text) {
    this.client.emit(...this.guide.say(text, 'Alex'));
  }

  async hears(text) {
    while (!this.texts.includes(text)) {
      await new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** The line breaks. Resolves when the client has noticed. */
  async cut() {
    const cut = once(this.client.socket, 'disconnect');
    this.client.socket.io.engine.close();
    await cut;
  }

  /** Resolves when the client has come back, with whether its page needs to do nothing. */
  async back() {
    if (!this.client.socket.connected) {
      await once(this.client.socket, 'connect');
    }
    return this.client.socket.recovered;
  }
}

async function watcher(t, server, room) {
  const client = new SocketIoClient(server.url, AGAIN);
  t.after(() => client.socket.disconnect());
  client.socket.on('connect', () => client.emit('join', { username: 'Watcher', room }));
  await client.event('message-history');
  const hears = (text) => client.event('new-message', (message) => message.text === text);
  return { client, hears, say: (text) => client.ask('send-message', text) };
}

for (const [title, guide] of Object.entries(GUIDES)) {
  test(`a page of ${title} goes on where it was`, async (t) => {
    const server = await startServer(t, WITH_ALL_GUIDES);
    const room = await watcher(t, server, guide.room ?? 'general');
    const page = new Page(t, server, guide);
    page.say('first');
    const { username } = await room.hears('first');
    await room.say('second');
    await page.hears('second');
    for (const gap of ['one', 'two']) {
      await page.cut();
      await room.say(`${gap} a`);
      await room.say(`${gap} b`);
      assert.equal(await page.back(), true);
      await page.hears(`${gap} b`);
      page.say(`after ${gap}`);
      assert.equal((await room.hears(`after ${gap}`)).username, username, 'it is the same person');
    }
    await room.say('last');
    await page.hears('last');
    const own = (text) => (guide.alone ? [] : [text]);
    assert.deepEqual(page.texts, [
      ...own('first'),
      'second',
      ...['one a', 'one b', ...own('after one')],
      ...['two a', 'two b', ...own('after two')],
      'last',
    ]);
  });
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} a page survives the death of the server`, async (t) => {
    const server = await startServer(t);
    const room = await watcher(t, server, 'javascript');
    const page = new Page(t, server, GUIDES.ChatCord, options);
    page.say('first');
    await page.hears('first');
    await page.cut();
    assert.ok((await room.say('kept')).ok);
    const returned = room.client.event('message-history');
    await server.killAndRestart();
    await returned;
    assert.equal(await page.back(), true);
    await page.hears('kept');
    page.say('second');
    assert.equal((await room.hears('second')).username, 'Alex');
    await page.hears('second');
    assert.deepEqual(page.texts, ['first', 'kept', 'second']);
  });
}

test('what a page wrote without a line goes out once, by its person', async (t) => {
  const server = await startServer(t, WITH_ALL_GUIDES);
  const room = await watcher(t, server, '42');
  const page = new Page(t, server, GUIDES.PedroTech);
  page.say('first');
  await room.hears('first');
  await page.cut();
  page.say('kept');
  assert.equal((await room.hears('kept')).username, 'Alex');
  await room.say('last');
  await page.hears('last');
  assert.deepEqual(page.texts, ['last'], 'it shows its own messages itself');
});

test('whoever only looks misses nothing either', async (t) => {
  const server = await startServer(t);
  const room = await watcher(t, server, 'general');
  await room.say('before');
  const looker = new Page(t, server, GUIDES['the tutorial of socket.io']);
  await looker.client.serverEvent('welcome');
  await looker.cut();
  await room.say('meanwhile');
  await looker.back();
  await looker.hears('meanwhile');
  await room.say('after');
  await looker.hears('after');
  assert.deepEqual(looker.texts, ['meanwhile', 'after']);
});

test('the tutorial of socket.io keeps its place by itself', async (t) => {
  const server = await startServer(t);
  const room = await watcher(t, server, 'general');
  await room.say('before');
  const guide = GUIDES['the tutorial of socket.io'];
  const page = new Page(t, server, guide, { auth: { serverOffset: 0 } });
  page.client.socket.on(guide.message, (_, serverOffset) => {
    page.client.socket.auth.serverOffset = serverOffset;
  });
  await page.hears('before');
  await page.cut();
  await room.say('meanwhile');
  await page.back();
  await page.hears('meanwhile');
  assert.deepEqual(page.texts, ['before', 'meanwhile']);
});

test('the vocabularies that tell the history themselves are told nothing twice', async (t) => {
  const server = await startServer(t);
  const room = await watcher(t, server, 'general');
  const lobby = new SocketIoClient(server.url, AGAIN);
  t.after(() => lobby.socket.disconnect());
  await lobby.serverEvent('welcome');
  await room.say('heard');
  await lobby.serverEvent('chat_message', { text: 'heard' });
  await lobby.ask('set_name', { name: 'Alex' });
  lobby.socket.io.engine.close();
  const { client } = await lobby.serverEvent('welcome');
  assert.equal(client.name, 'Alex', 'it is the same person');
  await room.say('after');
  await lobby.serverEvent('chat_message', { text: 'after' });
  assert.ok(!lobby.rest().some(({ argument }) => argument?.text === 'heard'));
});

test('whoever comes back replaces the connection that nobody has missed yet', async (t) => {
  const server = await startServer(t);
  const room = await watcher(t, server, 'javascript');
  const page = new Page(t, server, GUIDES.ChatCord, { transports: ['websocket'] });
  await page.client.event('roomUsers');
  // The line is dead, and the server does not know.
  const { ws } = page.client.socket.io.engine.transport;
  ws._socket.pause();
  const cut = once(page.client.socket, 'disconnect');
  page.client.socket.io.engine._onClose('ping timeout');
  await cut;
  t.after(() => ws._socket.destroy());
  assert.equal(await page.back(), true);
  page.say('still Alex');
  assert.equal((await room.hears('still Alex')).username, 'Alex');
  await room.client.people('Alex', 'Watcher');
});

test('a place that nobody was given and a secret that is wrong let nobody in as another', async (t) => {
  const server = await startServer(t);
  const page = new Page(t, server, GUIDES.ChatCord);
  await page.client.event('roomUsers');
  const [id, epoch] = page.client.socket._pid.split('-');
  for (const auth of [
    { pid: `${id}-${epoch}-wrong`, offset: 'joinRoom/javascript:1' },
    { pid: 'x', offset: 'nonsense' },
    { pid: `99999999999999999999-${epoch}-`, offset: 'joinRoom/***:1' },
    { pid: 5, offset: {} },
    { pid: `${id}-${epoch}-`, offset: 'joinRoom/javascript:99999999999999999999' },
    { pid: `${id}-${epoch}-`, offset: 'joinRoom/javascript:-9223372036854775808' },
    { pid: `${id}-${epoch}-`, offset: 'joinRoom/javascript:9223372036854775807' },
    { pid: `${id}-${epoch}-`, offset: '/general:9223372036854775807' },
  ]) {
    const other = new SocketIoClient(server.url, { auth });
    t.after(() => other.socket.disconnect());
    await once(other.socket, 'connect');
    assert.equal(other.socket.recovered, false);
    assert.notEqual(other.socket._pid.split('-')[0], id);
  }
  page.say('still here');
  await page.hears('still here');
});

test('a page that slept over a restore from a copy is told what the log holds now', async (t) => {
  const server = await startServer(t);
  const room = await watcher(t, server, 'javascript');
  const page = new Page(t, server, GUIDES.ChatCord);
  page.say('kept');
  await page.hears('kept');
  await server.backup();
  await room.say('vanishes a');
  await room.say('vanishes b');
  await page.hears('vanishes b');
  // As many messages stand in the log as the page has heard when it comes back.
  page.client.socket.io.reconnection(false);
  await page.cut();
  const returned = room.client.event('message-history');
  await server.killAndRestore();
  await returned;
  for (const text of ['anew a', 'anew b', 'anew c']) {
    await room.say(text);
  }
  page.client.socket.connect();
  assert.equal(await page.back(), false);
  await page.hears('anew c');
  const heard = page.texts.slice(page.texts.indexOf('vanishes b') + 1);
  assert.deepEqual(
    heard.filter((text) => !text.startsWith('More was said meanwhile')),
    ['kept', 'anew a', 'anew b', 'anew c'],
  );
});

test('a whole class comes back at once', async (t) => {
  const server = await startServer(t, ['--gateways-visits-per-minute', '12']);
  const room = await watcher(t, server, 'javascript');
  const pages = Array.from({ length: 10 }, () => new Page(t, server, GUIDES.ChatCord));
  await Promise.all(pages.map((page) => page.client.event('roomUsers')));
  const cut = pages.map((page) => page.cut());
  await Promise.all(cut);
  await room.say('meanwhile');
  await Promise.all(pages.map((page) => page.hears('meanwhile')));
});

test('whoever missed more than is told again is told so', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off', '--replay-limit', '10']);
  const room = await watcher(t, server, 'javascript');
  const page = new Page(t, server, GUIDES.ChatCord);
  page.say('first');
  await page.hears('first');
  await page.cut();
  for (let number = 0; number < 60; number += 1) {
    room.client.emit('send-message', `no. ${number}`);
  }
  await room.say('last');
  assert.equal(await page.back(), false, 'it is not where it was');
  await page.hears('last');
  assert.equal(page.texts.filter((text) => text.startsWith('More was said meanwhile')).length, 1);
  assert.deepEqual(page.texts.slice(-50, -48), ['no. 11', 'no. 12']);
});

for (const [way, options] of Object.entries(WAYS)) {
  test(`by ${way} a page that joins unless it is recovered is in its room again`, async (t) => {
    const server = await startServer(t, ['--rate-limit', 'off']);
    const room = await watcher(t, server, 'den');
    const client = new SocketIoClient(server.url, { ...AGAIN, ...options });
    t.after(() => client.socket.disconnect());
    const recovered = [];
    client.socket.on('connect', () => {
      recovered.push(client.socket.recovered);
      if (!client.socket.recovered) {
        client.emit('join', { username: 'Alex', room: 'den' });
      }
    });
    await client.event('message-history');
    for (const text of ['one', 'two']) {
      const cut = once(client.socket, 'disconnect');
      client.socket.io.engine.close();
      await cut;
      assert.ok((await room.say(text)).ok);
      const history = await client.event('message-history');
      const isTold = (message) => message.text === text;
      assert.ok(history.some(isTold) || (await client.event('new-message', isTold)));
      assert.ok((await client.ask('send-message', `after ${text}`)).ok);
      assert.equal((await room.hears(`after ${text}`)).username, 'Alex', 'it is the same person');
    }
    assert.deepEqual(recovered, [false, false, false]);
  });
}

test('whoever is in no room is not told to be where it was', async (t) => {
  const server = await startServer(t);
  const token = await Native.token(server, 'Kim');
  for (const auth of [{}, { token }]) {
    const client = await SocketIoClient.open(t, server.url, { ...AGAIN, auth });
    for (const say of [() => undefined, () => client.ask('chat_message', { text: 'hi' })]) {
      await say();
      client.socket.io.engine.close();
      await once(client.socket, 'connect');
      assert.equal(client.socket.recovered, false);
    }
  }
});
