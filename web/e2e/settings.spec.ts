import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('settings are there at once, after a reload, and for this account alone', async ({ alex }) => {
  const { page } = alex;
  const root = page.locator('html');
  await alex.signIn();
  await alex.chooseOwn('Settings');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await settings.getByRole('radio', { name: 'Dense' }).check();
  await settings.getByRole('radio', { name: 'Reduced' }).check();
  await settings.getByRole('radio', { name: 'Compact' }).check();
  await settings.getByRole('checkbox', { name: /unread first/ }).check();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(alex.composer).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect(root).toHaveAttribute('data-density', 'dense');
  await expect(root).toHaveAttribute('data-motion', 'reduced');
  await alex.chooseOwn('Settings');
  await expect(settings.getByRole('checkbox', { name: /unread first/ })).toBeChecked();
  expect(await seriousProblems(page)).toEqual([]);
});

test('Enter begins a new line for whoever wants it so', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.chooseOwn('Settings');
  await page.getByRole('radio', { name: 'Begins a new line' }).check();
  await page.keyboard.press('Escape');
  await alex.composer.fill('one');
  await alex.composer.press('Enter');
  await page.keyboard.type('two');
  await expect(alex.composer).toHaveValue('one\ntwo');
  await alex.composer.press('Control+Enter');
  await expect(alex.composer).toHaveValue('');
  await expect(alex.bubbles.filter({ hasText: 'two' })).toBeVisible();
});

test('what is unread stands first for whoever wants it so, and stays while it is read', async ({
  alex,
  sam,
}) => {
  const { page } = alex;
  await alex.signIn();
  await alex.enter('Tech');
  await page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(alex.composer).toBeVisible();
  await alex.enter('General');
  await alex.chooseOwn('Settings');
  await page.getByRole('checkbox', { name: /unread first/ }).check();
  await page.keyboard.press('Escape');
  await sam.signIn('Tech');
  await sam.say('news');
  const section = page.getByRole('heading', { name: 'Unread' });
  await expect(section).toBeVisible();
  await alex.enter('Tech');
  await expect(alex.room('Tech')).not.toContainText('unread');
  await expect(section).toBeVisible();
  await alex.enter('General');
  await expect(section).toBeHidden();
});
