import type { Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const field = (page: Page) => page.getByRole('combobox', { name: 'Go to a room or a person' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

test('the switcher goes to rooms by a few letters, and lists where one was', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('tch');
  await expect(option(page, 'Tech')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tech');
  await expect(field(page)).toBeHidden();

  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(option(page, 'General')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(alex.composer).toHaveAccessibleName('Message #general');
});

test('the switcher finds people, and begins a conversation with them', async ({ alex, sam }) => {
  const { page } = alex;
  await alex.signIn();
  await sam.signIn();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('sam');
  await expect(option(page, /^Sam/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sam');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sam' })).toBeVisible();
});

test('the switcher does what else there is to do, and looks for messages', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.say('The relay was the problem');
  await expect(alex.message('The relay was the problem')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('>create');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Create a room' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('relay');
  await option(page, 'Search messages for “relay”').click();
  await expect(
    page.getByRole('complementary').getByText('The relay was the problem'),
  ).toBeVisible();
});

test('the switcher gives the keyboard back, and has no fault that axe finds', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await page.getByRole('button', { name: 'Find anything' }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(option(page, /.*/).last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(option(page, /.*/).first()).toHaveAttribute('aria-selected', 'true');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousProblems(page)).toEqual([]);
  }
  await page.keyboard.type('no such thing anywhere');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeFocused();

  await alex.composer.focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeHidden();
  await expect(alex.composer).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the switcher is opened, used and closed by taps', async ({ alex }) => {
    const { page } = alex;
    await alex.signIn();
    await page.getByRole('button', { name: 'Back to the rooms' }).tap();
    await page.getByRole('button', { name: 'Find anything' }).tap();
    await page.getByRole('button', { name: 'Close' }).tap();
    await expect(field(page)).toBeHidden();
    await page.getByRole('button', { name: 'Find anything' }).tap();
    await field(page).fill('gen');
    await option(page, 'General').tap();
    await expect(alex.composer).toBeVisible();
  });
});
