import { expect, test } from './fixtures/test';

const heading = 'heading' as const;

test('keys go from room to room, and to those with news', async ({ alex, sam }) => {
  const { page } = alex;
  const title = page.getByRole(heading, { level: 1 });
  await alex.signIn();
  for (const room of ['Random', 'Tech']) {
    await alex.enter(room);
    await page.getByRole('button', { name: `Join ${room}` }).click();
    await expect(alex.composer).toBeVisible();
  }
  await page.keyboard.press('Alt+ArrowUp');
  await expect(title).toContainText('Random');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(title).toContainText('General');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(title).toContainText('Tech');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(title).toContainText('General');

  await sam.signIn('Tech');
  await sam.say('news');
  await expect(alex.room('Tech')).toContainText('1 unread');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(title).toContainText('Tech');
  await expect(alex.room('Tech')).not.toContainText('unread');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(title).toContainText('General');
});

test('a key shows all keys, from one list', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await page.keyboard.press('Control+/');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await expect(help.getByText('Go to the next unread room')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(alex.composer).toBeFocused();

  await alex.composer.fill('');
  await page.keyboard.type('?');
  await expect(alex.composer).toHaveValue('?');
  await alex.log.focus();
  await page.keyboard.type('?');
  await expect(help).toBeVisible();
  await expect(alex.composer).toHaveValue('?');
});

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a key copies the link to a message', async ({ alex }) => {
    const { page } = alex;
    await alex.signIn();
    await alex.say('Copy me');
    await expect(alex.message('Copy me').locator('a.permalink')).toHaveAttribute('href', /\d$/);
    const link = alex.message('Copy me').locator('a.permalink');
    await link.focus();
    await page.keyboard.press('c');
    const href = await link.evaluate((element: HTMLAnchorElement) => element.href);
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(href);
  });
});
