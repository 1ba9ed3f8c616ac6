import type { Page } from '@playwright/test';
import { Line } from './fixtures/line';
import { Nginx } from './fixtures/nginx';
import { Person } from './fixtures/person';
import { Server } from './fixtures/server';
import { expect, test } from './fixtures/test';

interface SocketIo {
  io: { engine: { on(event: string, handler: () => void): void } };
  on(event: string, handler: (argument?: unknown) => void): void;
  emit(event: string, ...rest: unknown[]): void;
}

/** What a page keeps open while it says nothing. */
interface Silent {
  io: (options: object) => SocketIo;
  /** How often the server looked after each client of Socket.IO. */
  pings: Record<string, number>;
  say: Record<string, (text: string) => void>;
  /** Who lost the connection. */
  ended: string[];
}

/** Opens a connection by each protocol that asks for no sign-in. */
async function connectAll(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/healthz`);
  await page.addScriptTag({ url: '/socket.io/socket.io.js' });
  await page.evaluate(async () => {
    const open = window as unknown as Silent;
    Object.assign(open, { pings: {}, say: {}, ended: [] });
    const address = location.href.replace('http', 'ws');
    const text = new WebSocket(new URL('/?room=tech&name=Kim', address));
    const simple = new WebSocket(new URL('/simple', address));
    const opened = [text, simple].map(
      (socket) => new Promise((resolve) => socket.addEventListener('open', resolve)),
    );
    text.onclose = () => open.ended.push('text');
    simple.onclose = () => open.ended.push('simple');
    open.say.text = (said) => text.send(said);
    open.say.simple = (said) => simple.send(JSON.stringify({ type: 'message', text: said }));
    const joined = ['polling', 'websocket'].map((way) => {
      const socket = open.io({ transports: [way], forceNew: true, reconnection: false });
      socket.on('disconnect', () => open.ended.push(way));
      open.say[way] = (said) => socket.emit('send-message', said);
      return new Promise<void>((resolve, reject) => {
        socket.on('connect_error', reject);
        socket.on('connect', () => {
          open.pings[way] = 0;
          socket.io.engine.on('ping', () => {
            open.pings[way] = (open.pings[way] ?? 0) + 1;
          });
          socket.emit('join', { username: way, room: 'tech' });
          resolve();
        });
      });
    });
    await Promise.all([...opened, ...joined]);
    simple.send(JSON.stringify({ type: 'join', username: 'Robin', room: 'tech' }));
  });
}

const ended = (page: Page) => page.evaluate(() => (window as unknown as Silent).ended);

// A hundred seconds of silence behind the shipped 75 s, at a twenty-fifth of all times.
test('nobody who is silent is lost behind nginx', async ({ page, context }) => {
  const times = ['--ping-interval-ms', '1000', '--silence-limit-ms', '2400'];
  const server = await Server.start([...times, '--trusted-proxies', '127.0.0.1']);
  const nginx = await Nginx.start([server], (file) => file.replaceAll(' 75s;', ' 3s;'));
  const line = await Line.to(nginx.port);
  const alex = new Person('Alex', page, context, line);
  await alex.signIn('Tech');
  let opened = 0;
  page.on('websocket', () => {
    opened += 1;
  });
  const other = await context.newPage();
  await connectAll(other, line.url);
  await expect
    .poll(() => other.evaluate(() => (window as unknown as Silent).pings.websocket), {
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(4);
  expect(await ended(other)).toEqual([]);
  for (const way of ['text', 'simple', 'polling', 'websocket']) {
    const said = `by ${way}`;
    await other.evaluate(
      ([by = '', what = '']) => {
        (window as unknown as Silent).say[by]?.(what);
      },
      [way, said],
    );
    await expect(alex.message(said)).toBeVisible();
  }
  // The web client would have made another one.
  expect(opened).toBe(0);
  line.close();
  await nginx.stop();
  await server.stop();
});

test('a proxy that waits for less than the server is silent cuts people off', async ({ page }) => {
  const server = await Server.start(['--trusted-proxies', '127.0.0.1']);
  const nginx = await Nginx.start([server], (file) => file.replaceAll(' 75s;', ' 1s;'));
  await connectAll(page, `http://127.0.0.1:${nginx.port}`);
  await expect.poll(() => ended(page)).toEqual(expect.arrayContaining(['text', 'simple']));
  await nginx.stop();
  await server.stop();
});
