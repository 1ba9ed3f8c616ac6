import { expect, test } from './fixtures/test';

test('who made a room can call it something else, and everybody sees it', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee');
  await sam.enter('Coffee');
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.composer).toBeVisible();
  await sam.page.getByRole('button', { name: 'More about Coffee' }).click();
  await expect(sam.page.getByRole('menuitem')).toHaveText([
    'Pinned messages',
    'Files',
    'Notifications…',
    'Pin to the top of the list',
    'Move to a folder…',
    'People and roles…',
    'Leave room…',
  ]);
  await sam.page.keyboard.press('Escape');

  await alex.choose('Coffee', 'Settings…');
  await expect(alex.page.getByLabel('Title')).toBeFocused();
  await alex.page.getByLabel('Title').fill('Tea');
  await alex.page.getByLabel('Topic').fill('Leaves only');
  await alex.page.getByLabel('Topic').press('Enter');

  await expect(alex.page.getByRole('dialog')).toBeHidden();
  for (const { page, log } of [alex, sam]) {
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Tea');
    await expect(page.getByText('Leaves only')).toBeVisible();
    await expect(log.getByText('Alex changed this room: Tea')).toBeVisible();
  }
  await expect(alex.page.getByRole('button', { name: 'More about Tea' })).toBeFocused();
});

test('a room moves to another address, and the former one leads to it', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee');
  await alex.say('before');
  await alex.choose('Coffee', 'Settings…');
  await alex.page.getByLabel('Address').fill('tea');
  await alex.page.getByLabel('Address').press('Enter');
  await expect(alex.page).toHaveURL(/[/]rooms[/]tea$/);
  await expect(alex.message('before')).toBeVisible();
  await sam.open('/rooms/coffee');
  await expect(sam.page).toHaveURL(/[/]rooms[/]tea$/);
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.message('before')).toBeVisible();
});

test('who made a room can delete it, and is led elsewhere', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Tea');
  await alex.createRoom('Coffee');
  await sam.enter('Coffee');
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.composer).toBeVisible();

  await alex.choose('Coffee', 'Settings…');
  await alex.page.getByRole('button', { name: 'Delete room…' }).click();
  await alex.page.getByRole('button', { name: 'Keep it' }).click();
  await expect(alex.page.getByLabel('Title')).toHaveValue('Coffee');
  await alex.page.getByRole('button', { name: 'Delete room…' }).click();
  await alex.page.getByRole('button', { name: 'Delete room', exact: true }).click();

  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('General');
  await expect(alex.page.getByRole('dialog')).toBeHidden();
  await expect(alex.room('Coffee')).toHaveCount(0);
  await expect(sam.page.getByText('There is no room called coffee')).toBeVisible();
  await expect(sam.room('Coffee')).toHaveCount(0);
  await alex.enter('Tea');
  await expect(alex.page.getByRole('dialog')).toBeHidden();
});
