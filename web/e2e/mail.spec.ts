import { seriousProblems } from './fixtures/axe';
import { serveClientFrom } from './fixtures/client-files';
import { Line } from './fixtures/line';
import { Person } from './fixtures/person';
import { Postbox } from './fixtures/postbox';
import { freePort } from './fixtures/provider';
import { Server } from './fixtures/server';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';
const ANOTHER = 'another horse battery';

test('an invitation goes by mail, and so does the way back of whoever lost the password', async ({
  browser,
}) => {
  const postbox = await Postbox.open();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await Server.start([...postbox.options, '--public-url', url], port);
  const line = await Line.to(port);
  const person = async (name: string) => {
    const context = await browser.newContext();
    await serveClientFrom(process.env.CHINWAG_WEB_CLIENT, context);
    const page = await context.newPage();
    await page.goto(url);
    return new Person(name, page, context, line);
  };
  /** The address in the newest mail. */
  const link = async (count: number) => {
    await expect.poll(() => postbox.mails.length).toBe(count);
    return /http:\S+/.exec(postbox.mails.at(-1)?.text ?? '')?.[0] ?? '';
  };
  try {
    const alex = await person('Alex');
    await alex.register(PASSWORD);
    await alex.chooseOwn('Account…');
    await alex.page.getByLabel('E-mail (optional)').fill('alex@example.org');
    await alex.page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
    await alex.page.getByRole('button', { name: 'Save' }).click();
    await expect(alex.page.getByText('Saved.')).toBeVisible();
    await alex.page.keyboard.press('Escape');

    await alex.chooseOwn('Invite people…');
    await alex.page.getByLabel('Send it by e-mail (optional)').fill('sam@example.org');
    expect(await seriousProblems(alex.page)).toEqual([]);
    await alex.page.getByRole('button', { name: 'Create and send' }).click();
    await expect(alex.page.getByText('It was sent to sam@example.org.')).toBeVisible();
    expect(postbox.mails.at(-1)?.to).toBe('sam@example.org');
    const sam = await person('Sam');
    await sam.page.goto(await link(1));
    await expect(sam.page.getByRole('heading', { name: 'Alex invites you' })).toBeVisible();

    // In another browser, where Alex does not know the password any more.
    const phone = await person('Alex');
    await phone.page.getByRole('tab', { name: 'Sign in' }).click();
    await phone.page.getByRole('button', { name: 'Forgot your password?' }).click();
    const dialog = phone.page.getByRole('dialog', { name: 'Forgot your password?' });
    await dialog.getByLabel('E-mail').fill('alex@example.org');
    expect(await seriousProblems(phone.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send link' }).click();
    await expect(dialog.getByText('a mail is on its way')).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await phone.page.goto(await link(2));
    const reset = phone.page.getByRole('dialog', { name: 'Set a new password' });
    await reset.getByLabel('New password', { exact: true }).fill(ANOTHER);
    expect(await seriousProblems(phone.page)).toEqual([]);
    await reset.getByRole('button', { name: 'Set password' }).click();
    await expect(reset).toHaveCount(0);
    await expect(phone.page.getByRole('button', { name: 'Account of Alex' })).toBeVisible();
    await expect(phone.page).not.toHaveURL(/reset=/);
    // What was signed in before is so no more.
    await expect(alex.page.getByRole('alert')).toContainText('You were signed out here');
  } finally {
    line.close();
    await server.stop();
    postbox.close();
  }
});
