// Who may connect by Socket.IO, and how its connections end, with the official client and bare requests.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { Client } from './support/client.mjs';
import { Poller, path } from './support/poller.mjs';
import { startServer } from './support/server.mjs';
import { SocketIoClient, WAYS } from './support/socketio.mjs';

test('a client that may changes from polling to a WebSocket', async (t) => {
  const server = await startServer(t);
  const client = await SocketIoClient.open(t, server.url, WAYS['polling, then WebSocket']);
  if (client.transport !== 'websocket') {
    await once(client.socket.io.engine, 'upgrade');
  }
  assert.equal(client.transport, 'websocket');
  assert.ok((await client.ask('chat_message', { text: 'hi' })).ok);
});

test('nothing is lost or turned around while the transport changes', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const writer = await SocketIoClient.join(t, server, 'Writer', 'general', WAYS.WebSocket);
  const client = new SocketIoClient(server.url, WAYS['polling, then WebSocket']);
  t.after(() => client.socket.disconnect());
  client.emit('join', { username: 'Reader', room: 'general' });
  await client.event('message-history');
  const sent = [];
  while (client.transport !== 'websocket' || sent.length < 200) {
    sent.push(
      (await Promise.all([writer, client].map((one) => one.ask('send-message', 'x')))).map(
        ({ seq }) => seq,
      ),
    );
  }
  const seen = [];
  while (seen.length < 2 * sent.length) {
    seen.push(Number((await client.event('new-message')).id.split(':')[1]));
  }
  assert.deepEqual(
    seen,
    sent.flat().toSorted((one, other) => one - other),
  );
});

test('the first event right behind the connection is never lost', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off']);
  const ways = Object.values(WAYS);
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(
      Array.from({ length: 30 }, async (_, number) => {
        const client = await SocketIoClient.join(
          t,
          server,
          `P${round}-${number}`,
          'general',
          ways[number % 3],
        );
        client.socket.disconnect();
      }),
    );
  }
});

test('bare requests are answered as the reference implementation does', async (t) => {
  const server = await startServer(t);
  const refusal = async (query, init) => {
    const response = await fetch(`${server.url}/socket.io/${query}`, init);
    return [response.status, (await response.json()).code];
  };
  assert.deepEqual(await refusal('?EIO=2&transport=polling'), [400, 5]);
  assert.deepEqual(await refusal('?transport=polling'), [400, 5]);
  assert.deepEqual(await refusal('?EIO=4&transport=carrier-pigeon'), [400, 0]);
  assert.deepEqual(await refusal('?EIO=4&transport=polling&sid=unknown'), [400, 1]);
  assert.deepEqual(
    await refusal('?EIO=4&transport=polling', { method: 'POST', body: '40' }),
    [400, 2],
  );
  const poller = await Poller.open(server);
  assert.deepEqual(
    await refusal(`?EIO=4&transport=polling&sid=${poller.sid}`, { method: 'DELETE' }),
    [400, 3],
  );
  await poller.post('40/admin,');
  assert.match(await poller.until(/^44/), /^44\/admin,\{"message":"Invalid namespace"/);
  await poller.post('40');
  await poller.until(/^40\{"sid":/);
  await poller.until(/welcome/);
  await poller.post('42/admin,["join"]');
  assert.equal(await poller.until(/^1$/), '1');
});

test('binary data ends the connection', async (t) => {
  const server = await startServer(t);
  for (const options of Object.values(WAYS)) {
    const client = await SocketIoClient.open(t, server.url, options);
    const ended = once(client.socket, 'disconnect');
    client.emit('send-message', Buffer.from('hi'));
    await ended;
  }
  const client = await SocketIoClient.open(t, server.url);
  assert.ok((await client.ask('chat_message', { text: 'still served' })).ok);
});

test('a post that is cut in the middle says nothing, and the client may go on', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const poller = await Poller.open(server);
  await poller.post('40', '42["join",{"username":"Sam","room":"general"}]');
  await poller.until(/message-history/);
  await alex.people('Alex', 'Sam');

  const whole = '42["send-message","one"]\u001e42["send-message","two"]';
  const request = http.request(server.url + path(poller.sid), {
    method: 'POST',
    headers: { 'content-length': Buffer.byteLength(whole) },
  });
  request.write(whole.slice(0, -10));
  request.on('error', () => {});
  await once(request, 'socket');
  await new Promise((resolve) => request.socket.write('', resolve));
  request.destroy();

  await poller.post('42["send-message","three"]');
  assert.equal((await alex.event('new-message')).text, 'three');
});

test('one who dies without a word is gone within the ping timeout', async (t) => {
  const server = await startServer(t, ['--ping-interval-ms', '200', '--silence-limit-ms', '1000']);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const poller = await Poller.open(server);
  await poller.post('40', '42["join",{"username":"Poller","room":"general"}]');
  const socket = await Client.open(t, `${server.wsUrl}${path(undefined, 'websocket')}`);
  socket.send('40');
  socket.send('42["join",{"username":"Socket","room":"general"}]');
  await alex.people('Alex', 'Poller', 'Socket');
  // Neither polls nor answers a ping from here on, though the one keeps its TCP connection.
  await Promise.all([alex.line('Poller left #general'), alex.line('Socket left #general')]);
  await alex.people('Alex');
  assert.ok(alex.socket.connected, 'who answers stays');
  assert.equal((await socket.closed).code, 1008);
  assert.equal((await poller.get()).status, 400, 'it has to begin anew');
});

test('pages may read the answers when they may connect, and bring no credentials', async (t) => {
  const open = await startServer(t, ['--open-gateways']);
  const get = (server, origin, init) =>
    fetch(server.url + path(), { ...init, headers: { origin, ...init?.headers } });
  for (const origin of ['https://anywhere.example', 'null']) {
    const { headers } = await get(open, origin);
    assert.equal(headers.get('access-control-allow-origin'), origin);
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.equal(headers.get('vary'), 'Origin');
  }
  const preflight = await get(open, 'https://anywhere.example', {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-own' },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-own');
  const narrow = await startServer(t, ['--gateways-origins', 'https://friend.example']);
  for (const origin of ['https://friend.example', 'http://localhost:5173', 'null']) {
    assert.equal((await get(narrow, origin)).status, 200);
  }
  const refused = await get(narrow, 'https://anywhere.example');
  assert.deepEqual([refused.status, (await refused.json()).code], [403, 4]);
  assert.equal(refused.headers.get('access-control-allow-origin'), null);
});

test('the client for browsers is delivered, and the gateway can be shut', async (t) => {
  const open = await startServer(t);
  for (const file of ['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js']) {
    const response = await fetch(`${open.url}/socket.io/${file}`);
    assert.match(response.headers.get('content-type'), /javascript/);
    assert.match(await response.text(), /Socket\.IO v4\./);
    const known = { 'if-none-match': response.headers.get('etag') };
    assert.equal((await fetch(`${open.url}/socket.io/${file}`, { headers: known })).status, 304);
  }
  const shut = await startServer(t, ['--gateways-socketio', 'false']);
  for (const query of ['', 'socket.io.js', '?EIO=4&transport=polling']) {
    assert.equal((await fetch(`${shut.url}/socket.io/${query}`)).status, 404);
  }
});

test('visits are bounded per address, and who is one too many is let in later', async (t) => {
  const server = await startServer(t, ['--gateways-visits-per-minute', '60']);
  const begun = Date.now();
  await Promise.all(Array.from({ length: 60 }, () => SocketIoClient.open(t, server.url)));
  // Then one each second.
  for (const way of Object.values(WAYS)) {
    await SocketIoClient.open(t, server.url, way);
  }
  assert.ok(Date.now() - begun > 2_000, 'they had to wait');
  // Nobody is kept for long: the official client comes again by itself.
  const few = await startServer(t, ['--gateways-visits-per-minute', '1']);
  await SocketIoClient.open(t, few.url);
  const { socket } = new SocketIoClient(few.url, WAYS.WebSocket);
  t.after(() => socket.disconnect());
  const [reason] = await once(socket, 'disconnect');
  assert.equal(reason, 'transport close');
});

test('connections are bounded per address', async (t) => {
  const few = await startServer(t, ['--connections-per-address', '3']);
  const statuses = [];
  for (let number = 0; number < 4; number += 1) {
    const response = await fetch(few.url + path(), { headers: { connection: 'close' } });
    await response.text();
    statuses.push(response.status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 429]);
});

test('when the server stops, clients of every kind lose the connection, so that they come back', async (t) => {
  const server = await startServer(t);
  const clients = await Promise.all(
    Object.values(WAYS).map((way) => SocketIoClient.open(t, server.url, way)),
  );
  await clients[2].ask('chat_message', { text: 'hi' });
  const ends = clients.map(({ socket }) => once(socket, 'disconnect'));
  const begun = Date.now();
  await server.stop();
  for (const [reason] of await Promise.all(ends)) {
    // The other one is that of a client that was just about to poll.
    assert.match(reason, /^transport (?:close|error)$/);
  }
  assert.ok(Date.now() - begun < 9000, 'nobody is waited for in vain');
});

test('in a storm one who does not read is closed and delays nobody', async (t) => {
  const server = await startServer(t, ['--rate-limit', 'off', '--send-queue-bytes', '100000']);
  const writer = await SocketIoClient.join(t, server, 'Writer', 'general', WAYS.WebSocket);
  const poller = await Poller.open(server);
  await poller.post('40', '42["join",{"username":"Poller","room":"general"}]');
  await poller.until(/message-history/);
  const socket = await Client.open(t, `${server.wsUrl}${path(undefined, 'websocket')}`);
  socket.send('40');
  socket.send('42["join",{"username":"Socket","room":"general"}]');
  await writer.people('Poller', 'Socket', 'Writer');
  socket.socket.pause();
  const text = 'x'.repeat(2000);
  const gone = Promise.all([
    writer.line('Poller left #general'),
    writer.line('Socket left #general'),
  ]);
  let isOver = false;
  gone.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  while (!isOver) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => writer.ask('send-message', text)),
    );
    assert.ok(answers.every(({ ok }) => ok));
  }
  await gone;
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^chinwag_send_queue_closes_total 2$/m);
});

test('one whose poll is aborted is gone soon, and one who polls again is not', async (t) => {
  const server = await startServer(t);
  const alex = await SocketIoClient.join(t, server, 'Alex');
  const abort = async (username) => {
    const poller = await Poller.join(server, username);
    await alex.people('Alex', username);
    await alex.ask('send-message', `hello ${username}`);
    await poller.until(/hello/);
    const abortion = new AbortController();
    const poll = poller.get({ signal: abortion.signal });
    // Answered behind the poll, whose connection came first.
    await fetch(`${server.url}/healthz`);
    abortion.abort();
    await assert.rejects(poll, { name: 'AbortError' });
    return poller;
  };
  await abort('Sam');
  await alex.line('Sam left #general');
  const poller = await abort('Kim');
  const again = poller.until(/still here/);
  await alex.ask('send-message', 'hi');
  assert.ok((await alex.ask('send-message', 'still here')).ok);
  await again;
});

test('a page finds Socket.IO under /ws and under the path of the configuration, too', async (t) => {
  const server = await startServer(t, ['--gateways-socketio-path', '/chat/socket']);
  for (const place of ['/ws', '/chat/socket', '/socket.io']) {
    for (const options of Object.values(WAYS)) {
      const client = await SocketIoClient.open(t, server.url, { ...options, path: place });
      assert.ok((await client.ask('chat_message', { text: 'hi' })).ok, place);
    }
  }
  assert.equal((await fetch(`${server.url}/chat/socket/socket.io.js`)).status, 200);
  assert.equal((await fetch(`${server.url}/ws`)).status, 426, 'the native protocol');
  const shut = await startServer(t, ['--gateways-socketio', 'false']);
  assert.equal((await fetch(`${shut.url}/ws/?EIO=4&transport=polling`)).status, 404);
});
