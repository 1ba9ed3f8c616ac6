import type { BrowserContext, Page } from '@playwright/test';
import { Line } from './fixtures/line';
import { Nginx } from './fixtures/nginx';
import { Person } from './fixtures/person';
import { Server } from './fixtures/server';
import { expect, test } from './fixtures/test';

/** Signs in behind an nginx whose file is not the shipped one. */
async function signInBehind(
  change: (file: string) => string,
  { page, context }: { page: Page; context: BrowserContext },
  seen: (page: Page) => Promise<void>,
): Promise<void> {
  const server = await Server.start(['--base-path', '/chat']);
  const nginx = await Nginx.start([{ path: '/chat/', port: server.port }], change);
  const line = await Line.to(nginx.port);
  const alex = new Person('Alex', page, context, line);
  await alex.open('/chat/');
  await page.getByLabel('Your name').fill('Alex');
  await page.getByLabel('Your name').press('Enter');
  await seen(page);
  line.close();
  await nginx.stop();
  await server.stop();
}

test('a proxy that passes no upgrade is named', async ({ page, context }) => {
  const lacking = (file: string) => file.replace(/proxy_set_header (Upgrade|Connection).*/g, '');
  await signInBehind(lacking, { page, context }, async () => {
    await expect(page.getByText('The proxy does not pass WebSocket upgrades.')).toBeVisible();
  });
});

test('a proxy that tells another host is named', async ({ page, context }) => {
  const other = (file: string) => file.replace('Host $http_host;', 'Host localhost;');
  await signInBehind(other, { page, context }, async () => {
    await expect(page.getByText('The server does not know this address as its own.')).toBeVisible();
  });
});
