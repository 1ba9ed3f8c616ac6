// Who may connect by the simple protocol, and how its connections end, seen by the `ws` package.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import WebSocket from 'ws';
import { Client } from './support/client.mjs';
import { startServer } from './support/server.mjs';

/** The status with which a handshake is refused. */
async function refused(url, options) {
  const socket = new WebSocket(url, options);
  const opened = once(socket, 'open').then(() => assert.fail('the handshake was accepted'));
  const [request, response] = await Promise.race([once(socket, 'unexpected-response'), opened]);
  request.destroy();
  return response.statusCode;
}

test('an offer to go on with HTTP/2 is no handshake', async (t) => {
  const server = await startServer(t);
  const request = http.get(server.url, {
    headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', accept: 'application/json' },
  });
  const [response] = await once(request, 'response');
  response.resume();
  assert.equal(response.statusCode, 200);
});

test('pages of this machine may connect, others when the configuration says so', async (t) => {
  const enter = async (server, origin) => {
    const client = await Client.open(t, server.wsUrl, { origin });
    client.send({ type: 'join', username: 'Alex', room: 'general' });
    await client.frame({ type: 'joined' });
  };
  const usual = await startServer(t, ['--gateways-origins', 'https://friend.example']);
  for (const origin of ['http://localhost:5500', 'null', 'https://friend.example']) {
    await enter(usual, origin);
  }
  assert.equal(await refused(usual.wsUrl, { origin: 'https://anywhere.example' }), 403);
  const proxied = { origin: 'null', headers: { 'x-forwarded-for': '192.0.2.7' } };
  assert.equal(await refused(usual.wsUrl, proxied), 403);
  const open = await startServer(t, ['--open-gateways']);
  await enter(open, 'https://anywhere.example');
});

test('the gateway can be shut', async (t) => {
  const server = await startServer(t, ['--gateways-simple', 'false']);
  assert.equal(await refused(server.wsUrl), 404);
  assert.equal(await refused(`${server.wsUrl}/simple`), 404);
  const status = await fetch(server.url, { headers: { accept: 'application/json' } });
  assert.deepEqual(await status.json(), { status: 'ok' });
});

test('the first page is the web client, and a line of JSON for programs', async (t) => {
  const server = await startServer(t, ['--trusted-proxies', '127.0.0.1/32']);
  const get = (headers) => fetch(server.url, { headers });
  const page = await get({ accept: 'text/html,*/*;q=0.8' });
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.match(page.headers.get('vary'), /Accept\b(?!-)/);
  const status = await get({ accept: 'application/json' });
  assert.deepEqual(await status.json(), { status: 'ok', websocket: server.wsUrl });
  const proxied = await get({ accept: 'application/json', 'x-forwarded-proto': 'https' });
  assert.equal((await proxied.json()).websocket, server.wsUrl.replace('ws:', 'wss:'));
});

test('visits are bounded per address', async (t) => {
  const server = await startServer(t, ['--gateways-visits-per-minute', '2']);
  for (const username of ['Alex', 'Sam']) {
    const client = await Client.open(t, server.wsUrl);
    client.send({ type: 'join', username, room: 'general' });
    await client.frame({ type: 'joined' });
  }
  const third = await Client.open(t, server.wsUrl);
  third.send({ type: 'join', username: 'Kim', room: 'general' });
  assert.match((await third.frame({ type: 'error' })).message, /^You are too fast/);
  assert.equal((await third.closed).code, 1013);
});

test('connections are bounded per address', async (t) => {
  const server = await startServer(t, ['--connections-per-address', '2']);
  const first = await Client.open(t, server.wsUrl);
  await Client.open(t, server.wsUrl);
  assert.equal(await refused(server.wsUrl), 429);
  await first.close();
});

test('frames that are too big or binary end the connection with their codes', async (t) => {
  const server = await startServer(t);
  const big = await Client.open(t, server.wsUrl);
  big.send('x'.repeat(70_000));
  assert.equal((await big.closed).code, 1009);
  const binary = await Client.open(t, server.wsUrl);
  binary.socket.send(Buffer.from('hi'));
  assert.equal((await binary.closed).code, 1003);
});

test('when the server stops, clients of every kind are told so', async (t) => {
  const server = await startServer(t);
  const clients = await Promise.all([1, 2, 3].map(() => Client.open(t, server.wsUrl)));
  clients[0].send({ type: 'join', username: 'Alex', room: 'general' });
  await clients[0].frame({ type: 'joined' });
  clients[1].send({ type: 'chat', room: 'general', message: 'hi' });
  await clients[1].frame({ type: 'chat' });
  assert.equal(await clients[2].text(), 'hi');
  await Promise.all([
    server.stop(),
    ...clients.map(async ({ closed }) => assert.equal((await closed).code, 1012)),
  ]);
});

test('a silent connection is given up', async (t) => {
  const server = await startServer(t, ['--ping-interval-ms', '100', '--silence-limit-ms', '500']);
  const observer = await Client.open(t, server.wsUrl);
  observer.send({ type: 'join', username: 'Alex', room: 'general' });
  await observer.frame({ type: 'joined' });
  const dead = await Client.open(t, server.wsUrl, { autoPong: false });
  dead.send({ type: 'join', username: 'Sam', room: 'general' });
  await observer.frame({ type: 'user_joined', username: 'Sam' });
  await observer.frame({ type: 'user_left', username: 'Sam' });
  assert.equal((await dead.closed).code, 1008);
  assert.equal(observer.socket.readyState, WebSocket.OPEN);
});

test('in a storm one who does not read is closed and delays nobody', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off', '--send-queue-bytes', '100000']);
  const join = async (username) => {
    const client = await Client.open(t, server.wsUrl);
    client.send({ type: 'join', username, room: 'general' });
    await client.frame({ type: 'joined' });
    return client;
  };
  const [writer, reader, slow] = [await join('Writer'), await join('Reader'), await join('Slow')];
  slow.socket.pause();
  const text = '😀'.repeat(2000);
  let written = 0;
  const isClosed = async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    return /^chinwag_send_queue_closes_total 1$/m.test(metrics);
  };
  while (!(await isClosed())) {
    for (let number = 0; number < 50; number += 1) {
      writer.send({ type: 'message', text: `${written} ${text.slice(0, 3900)}` });
      written += 1;
    }
    for (let number = 0; number < 50; number += 1) {
      await Promise.all([reader.frame({ type: 'message' }), writer.frame({ type: 'message' })]);
    }
  }
  slow.socket.resume();
  assert.deepEqual(await slow.closed, {
    code: 1008,
    reason: 'You read too slowly. Connect again.',
  });
  await reader.frame({ type: 'user_left', username: 'Slow' });
  const seen = slow
    .rest()
    .filter((message) => message.includes('"message"'))
    .map((message) => JSON.parse(message));
  assert.ok(seen.length < written);
  assert.ok(
    seen.every(({ text: seenText }, place) => seenText.startsWith(`${place} `)),
    'no hole before the end',
  );
});
