import { createECDH } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import { Front } from './fixtures/front';
import { Person } from './fixtures/person';
import { Server } from './fixtures/server';
import { test as base, expect } from './fixtures/test';

const test = base.extend<{ front: Front; kim: Person }>({
  // biome-ignore lint/correctness/noEmptyPattern: the shape of a fixture
  server: async ({}, use) => {
    const server = await Server.start(['--push-loopback']);
    await use(server);
    await server.stop();
  },
  front: async ({ server }, use) => {
    const front = await Front.before(server.port);
    await use(front);
    front.close();
  },
  /** Somebody whose browser takes service workers, as all but those of the other tests do. */
  kim: async ({ browser, contextOptions, front }, use) => {
    const context = await browser.newContext({ ...contextOptions, serviceWorkers: 'allow' });
    await context.grantPermissions(['notifications'], { origin: front.url });
    await use(new Person('Kim', await context.newPage(), context, front as never));
    await context.close();
  },
});

const NEWER = 'There is a newer version of Chinwag.';

/** Waits until the browser keeps the client. */
async function isKept(page: Page): Promise<void> {
  const state = () =>
    page.evaluate(
      async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'none',
    );
  await expect.poll(state, { timeout: 20_000 }).toBe('activated');
}

const isControlled = (page: Page) =>
  page.evaluate(() => navigator.serviceWorker.controller !== null);

const keptVersions = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('chinwag-')));

test('the client is there without a line, and nothing is kept that is somebody’s', async ({
  kim,
  front,
}) => {
  const { page } = kim;
  await kim.signIn();
  await kim.say('hello');
  await expect(kim.message('hello')).toBeVisible();
  await isKept(page);
  await page.reload();
  await expect(kim.message('hello')).toBeVisible();
  expect(await isControlled(page)).toBe(true);
  front.close();
  await page.reload();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  const logo = page.locator('img[src$="favicon.svg"]').first();
  await expect
    .poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .not.toBe(0);
  await expect(page.getByText('The connection is lost.')).toBeVisible();
  // It says that nothing comes, and takes what is written.
  await expect(kim.log.getByRole('alert')).toContainText('No connection');
  await expect(kim.log).not.toContainText('Loading messages');
  await kim.say('later');
  await expect(kim.message('later').getByRole('img', { name: 'Sending' })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = names.map(async (name) =>
      (await (await caches.open(name)).keys()).map(({ url }) => url),
    );
    return (await Promise.all(all)).flat();
  });
  expect(kept.length).toBeGreaterThan(20);
  const ofServer = kept.filter((url) => /^\/(api|files|ws|healthz)\b/.test(new URL(url).pathname));
  expect(ofServer).toEqual([]);
});

test('a page says that there is a newer version, and is that after a press', async ({
  kim,
  front,
}) => {
  const { page } = kim;
  await kim.signIn();
  await isKept(page);
  const [first] = await keptVersions(page);
  await page.reload();
  await expect(kim.composer).toBeVisible();
  await expect.poll(() => isControlled(page)).toBe(true);
  await expect(page.getByText(NEWER)).toBeHidden();
  front.later = 'a';
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
  await expect(page.getByText(NEWER)).toBeVisible();
  expect(await keptVersions(page), 'the page has what it needs until then').toContain(first);
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  await expect(kim.composer).toBeVisible();
  await expect.poll(() => keptVersions(page)).toEqual([`${first}a`]);
  // A page that came over the line is as new as its server, and its service worker becomes so without a word.
  front.later = 'b';
  await page.reload();
  await expect.poll(() => keptVersions(page)).toEqual([`${first}b`]);
  await expect(page.getByText(NEWER)).toBeHidden();
});

test('what is pushed is shown, and a click leads to the message', async ({ kim, front }) => {
  const { page, context } = kim;
  await kim.signIn('Tech');
  await kim.say('a message');
  await expect(kim.message('a message')).toBeVisible();
  await kim.enter('General');
  await isKept(page);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  // The browser of the tests has no system that shows anything.
  await worker.evaluate(() => {
    const scope = globalThis as never as {
      registration: { showNotification: (title: string, options: object) => Promise<void> };
      shown: object[];
    };
    scope.shown = [];
    scope.registration.showNotification = async (title, options) => {
      scope.shown.push({ title, ...options });
    };
  });
  const devtools = await context.newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [found] = registrations;
      if (found !== undefined) {
        resolve(found.registrationId);
      }
    });
  });
  await devtools.send('ServiceWorker.enable');
  const push = async (data: string) =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      origin: front.url,
      registrationId: await registration,
      data,
    });
  const notification = {
    title: 'Sam in #tech',
    body: 'New message',
    tag: 'room-2',
    navigate: `${front.url}/rooms/tech/2`,
    lang: 'en',
    silent: false,
  };
  await push(JSON.stringify({ web_push: 8030, notification }));
  const shown = () => worker.evaluate(() => (globalThis as never as { shown: object[] }).shown);
  await expect
    .poll(shown)
    .toMatchObject([{ title: 'Sam in #tech', body: 'New message', tag: 'room-2' }]);
  await push('not one of ours');
  await expect.poll(shown).toMatchObject([{}, { title: 'Chinwag' }]);
  await worker.evaluate(() => {
    const scope = globalThis as never as { shown: { data: object }[] };
    const event = new Event('notificationclick');
    const clicked = { close: () => {}, data: scope.shown[0]?.data };
    Object.assign(event, { notification: clicked, waitUntil: () => {} });
    globalThis.dispatchEvent(event);
  });
  await expect(page).toHaveURL(/\/rooms\/tech\/2/);
  await expect(kim.message('a message')).toBeVisible();
});

/** Stands for the part of a browser that speaks to its push service: that of the tests has none. */
async function stubPushManager(page: Page, endpoint: string): Promise<void> {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const keys = { p256dh: browser.getPublicKey('base64url'), auth: 'BTBZMqHH6r4Tts7J_aSIgg' };
  await page.addInitScript(
    ([address, own]) => {
      const read = (key: string) => {
        const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
        return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
      };
      const made = (key: string) => ({
        endpoint: address,
        options: { applicationServerKey: read(key) },
        toJSON: () => ({ endpoint: address, keys: own }),
        unsubscribe: async () => {
          localStorage.removeItem('stub');
          return true;
        },
      });
      const stub = {
        async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
          localStorage.setItem('stub', applicationServerKey);
          return made(applicationServerKey);
        },
        async getSubscription() {
          const key = localStorage.getItem('stub');
          return key === null ? null : made(key);
        },
      };
      Object.assign(PushManager.prototype, stub);
    },
    [endpoint, keys] as const,
  );
}

test('a device is turned on, tested and turned off in the settings', async ({ kim }) => {
  const { page } = kim;
  let status = 201;
  const came: (string | undefined)[] = [];
  const service = createServer((from, to) => {
    came.push(from.headers['content-encoding']);
    from.resume();
    to.writeHead(status).end();
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/kim`;
  await stubPushManager(page, endpoint);
  await kim.signIn();
  await isKept(page);
  await kim.chooseOwn('Settings');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const device = dialog.getByRole('checkbox', { name: 'Notify this device while no page is open' });
  await device.check();
  await expect(dialog.getByText('No message was delivered yet.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Send a test' }).click();
  await expect(dialog.getByText('The test is on its way to this device.')).toBeVisible();
  expect(came).toEqual(['aes128gcm']);
  expect(await seriousProblems(page)).toEqual([]);
  status = 403;
  await dialog.getByRole('button', { name: 'Send a test' }).click();
  await expect(dialog.getByText('The push service of this browser did not take it.')).toBeVisible();
  await device.uncheck();
  await expect(dialog.getByRole('button', { name: 'Send a test' })).toBeHidden();
  await expect(device).not.toBeChecked();
  service.close();
});
