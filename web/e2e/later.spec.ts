import type { Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

/** The clock of the server cannot be moved from here: a time that has come a moment ago is as good. */
async function chooseNow(page: Page): Promise<void> {
  await page.evaluate(() => {
    const now = Date.now();
    Date.now = () => now - 50_000;
  });
  const dialog = page.getByRole('dialog', { name: 'Choose another time…' });
  await dialog.getByLabel('Another time').fill(
    await page.evaluate(() => {
      const date = new Date(Date.now() + 30_000);
      const two = (n: number) => String(n).padStart(2, '0');
      const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    }),
  );
  await dialog.getByRole('button', { name: 'Take this time' }).click();
}

test('a message is sent later, put off, and sent', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.signIn();
  const { page } = alex;
  await page.getByRole('textbox', { name: /^Message/ }).fill('good morning');
  await page.getByRole('button', { name: 'Send later…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send this message later' });
  expect(await seriousProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: /Tomorrow/ }).click();
  await expect(page.getByText('It will be sent then.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Message/ })).toHaveValue('');

  await alex.chooseOwn('Scheduled and reminders');
  const pane = page.getByRole('complementary', { name: 'Scheduled and reminders' });
  const entry = pane.getByRole('listitem').filter({ hasText: 'good morning' });
  await expect(entry).toContainText('General');
  expect(await seriousProblems(page)).toEqual([]);
  await page.reload();
  await expect(entry).toBeVisible();

  await entry.getByRole('button', { name: 'Choose another time…' }).click();
  await chooseNow(page);
  await expect(sam.message('good morning')).toBeVisible();
  await expect(pane.getByText('Nothing waits for you')).toBeVisible();
});

test('a file is sent later with its message', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.signIn();
  const { page } = alex;
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'plan.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('the plan'),
    });
  await page.getByRole('button', { name: 'Send later…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send this message later' });
  await dialog.getByRole('button', { name: /Tomorrow/ }).click();
  await expect(page.getByText('It will be sent then.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send later…' })).toHaveCount(0);
  await alex.chooseOwn('Scheduled and reminders');
  const pane = page.getByRole('complementary', { name: 'Scheduled and reminders' });
  await expect(pane.getByRole('listitem')).toContainText('plan.txt');
  expect(await seriousProblems(page)).toEqual([]);
  await pane.getByRole('button', { name: 'Choose another time…' }).click();
  await chooseNow(page);
  await expect(sam.bubbles.getByText('plan.txt')).toBeVisible();
  await expect(pane.getByText('Nothing waits for you')).toBeVisible();
});

test('one is reminded of a message on every device until it is done', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.signIn();
  const { page } = alex;
  await sam.say('the figures are due');
  await alex.openMenu('the figures are due');
  await page.getByRole('menuitem', { name: 'Remind me…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remind you of this message' });
  await expect(dialog).toContainText('the figures are due');
  await dialog.getByRole('button', { name: /In 20 minutes/ }).click();
  await expect(page.getByText('You will be reminded.')).toBeVisible();

  await alex.say('/remind 1s tea is ready');
  await page.getByText('Reminder: tea is ready').waitFor();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const pane = page.getByRole('complementary', { name: 'Scheduled and reminders' });
  await expect(pane.getByRole('listitem').first()).toContainText('tea is ready');
  await expect(pane.getByRole('listitem').nth(1)).toContainText('the figures are due');
  await pane.getByRole('button', { name: 'Done' }).click();
  await expect(pane.getByRole('listitem')).toHaveCount(1);
  await pane.getByRole('button', { name: 'Do not remind me' }).click();
  await expect(pane.getByText('Nothing waits for you')).toBeVisible();
});
