import { Line } from './fixtures/line';
import { Person } from './fixtures/person';
import { freePort, startProvider } from './fixtures/provider';
import { Server } from './fixtures/server';
import { expect, test } from './fixtures/test';

test('people come by a provider, and a guest becomes a member by it', async ({ browser }) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startProvider(url);
  const server = await Server.start(provider.options('--oidc-create', 'always'), port);
  const line = await Line.to(port);
  try {
    const context = await browser.newContext();
    const alex = new Person('Alex', await context.newPage(), context, line);
    const account = alex.page.getByRole('region', { name: 'Account' });
    await alex.page.goto(`${url}/rooms/general`);
    await alex.page.getByLabel('Your name').fill('Alex');
    await alex.page.getByLabel('Your name').press('Enter');
    await expect(alex.composer).toBeVisible();
    await alex.say('said as a guest');
    await expect(alex.message('said as a guest')).toBeVisible();
    await expect(account).toContainText('Guest');

    provider.is('u-1', { preferred_username: 'alexander' });
    await alex.chooseOwn('Keep this account…');
    await alex.page.getByRole('button', { name: 'Sign in with Example' }).click();
    await expect(account).not.toContainText('Guest');
    await expect(account).toContainText('Alex');
    await expect(alex.page).toHaveURL(`${url}/rooms/general`);
    await expect(alex.message('said as a guest')).toBeVisible();

    const elsewhere = await browser.newContext();
    const phone = new Person('Alex', await elsewhere.newPage(), elsewhere, line);
    await phone.page.goto(`${url}/rooms/general`);
    await phone.page.getByRole('link', { name: 'Sign in with Example' }).click();
    await expect(phone.message('said as a guest')).toBeVisible();
    await phone.say('and from the phone');
    await expect(alex.message('and from the phone')).toBeVisible();
    await context.close();
    await elsewhere.close();
  } finally {
    line.close();
    await server.stop();
    await provider.stop();
  }
});
