import type { Page } from '@playwright/test';
import { Line } from './fixtures/line';
import { Nginx } from './fixtures/nginx';
import { Person } from './fixtures/person';
import { Server } from './fixtures/server';
import { expect, test } from './fixtures/test';

/** Speaks on a WebSocket of the page's own origin until a text comes that says this, with what is sent first. */
function hear(page: Page, path: string, first: string, said: string): Promise<string> {
  return page.evaluate(
    ([address = '', sent = '', expected = '']) =>
      new Promise<string>((resolve, reject) => {
        const socket = new WebSocket(new URL(address, location.href).href.replace('http', 'ws'));
        socket.onopen = () => socket.send(sent);
        socket.onerror = () => reject(new Error(`no WebSocket at ${address}`));
        socket.onmessage = ({ data }) => String(data).includes(expected) && resolve(String(data));
      }),
    [path, first, said],
  );
}

for (const [how, change] of [
  ['passes the path on', (file: string) => file],
  ['takes the path off', (file: string) => file.replace(/(proxy_pass http:[^;]*);/, '$1/;')],
] as const) {
  test(`behind an nginx that ${how}, everything works below a path`, async ({ page, context }) => {
    const options = ['--base-path', '/chat', '--trusted-proxies', '127.0.0.1'];
    const server = await Server.start(options);
    const nginx = await Nginx.start([{ path: '/chat/', port: server.port }], change);
    const line = await Line.to(nginx.port);
    const alex = new Person('Alex', page, context, line);
    const failures: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) {
        failures.push(`${response.status()} ${response.url()}`);
      }
    });

    // Without the slash, too.
    await page.goto(`${line.url}/chat`);
    await expect(page).toHaveURL(`${line.url}/chat/`);
    await alex.fillIn('Tech');
    await expect(page).toHaveURL(`${line.url}/chat/rooms/tech`);
    await alex.say('Hello from the web client');
    const other = await context.newPage();
    await other.goto(`${line.url}/chat/healthz`);
    const join = JSON.stringify({ type: 'join', username: 'Sam', room: 'tech' });
    await hear(other, '/chat/simple', join, 'Hello from the web client');
    await page.reload();
    await expect(alex.message('Hello from the web client')).toBeVisible();
    await alex.enter('General');
    await expect(page).toHaveURL(`${line.url}/chat/rooms/general`);
    await page.goBack();
    await expect(page).toHaveURL(`${line.url}/chat/rooms/tech`);

    expect(await hear(other, '/chat/?room=tech&name=Kim', 'Hello in plain text', 'Hello in')).toBe(
      'Hello in plain text',
    );
    await expect(alex.message('Hello in plain text')).toBeVisible();
    const status = await other.evaluate(async () => {
      const response = await fetch('/chat/', { headers: { accept: 'application/json' } });
      return (await response.json()).websocket;
    });
    expect(status).toBe(`${line.url.replace('http', 'ws')}/chat/`);

    await other.addScriptTag({ url: '/chat/socket.io/socket.io.js' });
    for (const transport of ['polling', 'websocket']) {
      const text = `Hello by ${transport}`;
      await other.evaluate(
        ([way = '', said = '']) =>
          new Promise<void>((resolve, reject) => {
            const { io } = window as unknown as { io: (options: object) => SocketIo };
            const socket = io({ path: '/chat/socket.io/', transports: [way], forceNew: true });
            socket.on('connect_error', reject);
            socket.on('connect', () => {
              socket.emit('join', { username: way, room: 'tech' });
              socket.emit('send-message', said, () => resolve());
            });
          }),
        [transport, text],
      );
      await expect(alex.message(text)).toBeVisible();
    }
    expect(failures).toEqual([]);
    for (const ofOperators of ['metrics', 'api/health']) {
      const answer = await other.goto(`${line.url}/chat/${ofOperators}`);
      expect(answer?.status()).toBe(403);
    }
    line.close();
    await nginx.stop();
    await server.stop();
  });
}

interface SocketIo {
  on(event: string, handler: (argument: unknown) => void): void;
  emit(event: string, ...rest: unknown[]): void;
}

test('two servers of one host know nothing of each other in a browser', async ({
  page,
  context,
}) => {
  const paths = ['/chat/', '/other/chat/'];
  const servers = await Promise.all(paths.map((path) => Server.start(['--base-path', path])));
  const nginx = await Nginx.start(
    servers.map(({ port }, place) => ({ path: paths[place] ?? '', port })),
  );
  const line = await Line.to(nginx.port);
  const alex = new Person('Alex', page, context, line);
  await alex.open('/chat/');
  await alex.fillIn('General');
  await alex.say('on the first');
  await expect(alex.message('on the first')).toBeVisible();
  await alex.composer.fill('a draft');

  await alex.open('/other/chat/');
  await alex.fillIn('General');
  await alex.say('on the other');
  await expect(alex.message('on the other')).toBeVisible();
  await expect(alex.bubbles).toHaveCount(1);

  await alex.open('/chat/rooms/general');
  await expect(alex.message('on the first')).toBeVisible();
  await expect(alex.composer).toHaveValue('a draft');
  line.close();
  await nginx.stop();
  await Promise.all(servers.map((server) => server.stop()));
});
