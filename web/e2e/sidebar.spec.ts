import { expect, test } from './fixtures/test';

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
