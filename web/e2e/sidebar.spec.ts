import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** The menu comes in a file of its own, a moment after the list. */
async function opened(page: Page, press: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await press();
    await expect(page.getByRole('menuitem')).toHaveCount(4, { timeout: 1_000 });
  }).toPass();
}

test('sections are folded, and stay so', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  const more = page.getByRole('button', { name: 'More rooms' });
  await expect(alex.room('Tech')).toBeVisible();
  await more.click();
  await expect(alex.room('Tech')).toBeHidden();
  await page.reload();
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await expect(alex.room('Tech')).toBeHidden();

  // What is on show is never folded away.
  await page.getByRole('button', { name: 'Rooms', exact: true }).click();
  await expect(alex.room('General')).toBeVisible();
});

test('a room says that something is written there and not sent', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.composer.fill('to be continued');
  await expect(alex.room('General')).not.toContainText('draft');
  await alex.enter('Tech');
  await expect(alex.room('General')).toContainText('draft');
  await page.reload();
  await expect(alex.room('General')).toContainText('draft');
  await alex.enter('General');
  await alex.composer.fill('');
  await alex.enter('Tech');
  await expect(alex.room('General')).not.toContainText('draft');
});

test('a long list says where more is unread, and leads there', async ({ alex, sam }) => {
  const { page } = alex;
  await page.setViewportSize({ width: 1280, height: 420 });
  await alex.signIn();
  await alex.enter('Tech');
  await page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(alex.composer).toBeVisible();
  for (let number = 1; number <= 8; number += 1) {
    await alex.createRoom(`Project ${number}`);
  }
  await sam.signIn('Tech');
  await sam.say('news');
  const below = page.getByRole('button', { name: 'More unread' });
  await alex.enter('General');
  await page.getByRole('navigation', { name: 'Rooms' }).evaluate((list) => list.scrollTo(0, 0));
  await expect(below).toBeVisible();
  await below.click();
  await expect(alex.room('Tech')).toBeInViewport();
  await expect(alex.room('Tech')).toBeFocused();
  await expect(below).toBeHidden();
});

test('a room is pinned to the top, and read without going there, by its menu in the list', async ({
  alex,
  sam,
}) => {
  const { page } = alex;
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Tea');
  await alex.createRoom('Zebra');
  const section = page.getByRole('button', { name: 'Pinned', exact: true });
  await expect(section).toBeHidden();
  await opened(page, () => alex.room('Zebra').click({ button: 'right' }));
  await page.getByRole('menuitem', { name: 'Pin to the top of the list' }).click();
  await expect(section).toBeVisible();
  const titles = page.getByRole('navigation', { name: 'Rooms' }).locator('[data-room] .title');
  await expect(titles.first()).toHaveText('Zebra');
  await page.reload();
  await expect(titles.first()).toHaveText('Zebra');

  await alex.enter('Tea');
  await sam.say('hello');
  await expect(alex.room('General')).toContainText('1 unread');
  await opened(page, () => alex.room('General').press('Shift+F10'));
  await page.getByRole('menuitem', { name: 'Mark as read' }).click();
  await expect(alex.room('General')).not.toContainText('unread');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tea');

  await alex.enter('Zebra');
  await page.getByRole('button', { name: 'More about Zebra' }).click();
  await page.getByRole('menuitem', { name: 'Unpin from the top of the list' }).click();
  await expect(section).toBeHidden();
  await expect(titles.last()).not.toHaveText('General');
});

test('what concerns one is one press away, with how much of it is new', async ({ alex, sam }) => {
  const { page } = alex;
  await alex.signIn();
  await sam.signIn();
  await alex.enter('Tech');
  await sam.say('@Alex look');
  const link = page.getByRole('navigation').getByRole('link', { name: 'Activity' });
  await expect(link).toContainText('1 mention');
  await link.click();
  await expect(page.getByRole('complementary', { name: 'Activity' })).toBeVisible();
});
