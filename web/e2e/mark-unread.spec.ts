import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

test('what was read is marked as unread from a message on, until the room is entered anew', async ({
  alex,
  voices,
}) => {
  await alex.signIn();
  await voices.say('Kim', numbered(1, 3));
  await expect(alex.message('message 3')).toBeVisible();
  await expect(alex.room('General')).not.toContainText('unread');
  await alex.openMenu('message 2');
  await alex.page.getByRole('menuitem', { name: 'Mark unread from here' }).click();
  await expect(alex.room('General')).toContainText('2 unread');
  await expect(alex.log.getByText('New messages')).toBeVisible();
  // What comes now is seen, and counts all the same.
  await voices.say('Pat', ['one more']);
  await expect(alex.message('one more')).toBeVisible();
  await expect(alex.room('General')).toContainText('3 unread');
  await alex.page.reload();
  await expect(alex.composer).toBeVisible();
  await expect(alex.room('General')).not.toContainText('unread');

  // By its key, and another device knows it.
  await alex.message('message 3').locator('.permalink').focus();
  await alex.page.keyboard.press('u');
  await expect(alex.room('General')).toContainText('2 unread');
  await alex.page.keyboard.press('Escape');
  await expect(alex.room('General')).not.toContainText('unread');
});
