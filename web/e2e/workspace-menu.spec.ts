import { expect, test } from './fixtures/test';

test('the name of the place opens what can be done here, by a mouse and by keys', async ({
  alex,
  server,
}) => {
  const { page } = alex;
  await alex.open(`/${await server.ownersInvitation()}`);
  await alex.register('correct horse battery');
  const place = page.getByRole('button', { name: 'Chinwag', exact: true });
  await place.click();
  await expect(page.getByRole('menuitem')).toContainText([
    'Create a room',
    'Browse rooms',
    'Write to somebody',
    'Invite people…',
    'Administration…',
    'Mark all rooms as read',
    'Show the keyboard shortcuts',
    'Settings',
  ]);
  await page.keyboard.press('Escape');
  await expect(place).toBeFocused();

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByLabel('Title')).toBeVisible();
  await page.keyboard.press('Escape');
  await place.click();
  await page.getByRole('menuitem', { name: 'Browse rooms' }).click();
  await expect(page.getByRole('dialog', { name: 'Browse rooms' })).toBeVisible();
  await expect(page.getByLabel('Search rooms')).toBeFocused();
});

test('a guest finds there what guests may do', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await page.getByRole('button', { name: 'Chinwag', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Create a room' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Invite' })).toHaveCount(0);
});
