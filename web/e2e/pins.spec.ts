import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('whoever keeps order pins a message, and everybody finds it', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee');
  await sam.open('/rooms/coffee');
  await sam.page.getByRole('button', { name: 'Join' }).click();
  await sam.say('The beans are in the cupboard');
  await sam.openMenu('The beans are in the cupboard');
  await expect(sam.page.getByRole('menuitem', { name: 'React…' })).toBeVisible();
  await expect(sam.page.getByRole('menuitem', { name: 'Pin' })).toHaveCount(0);
  await sam.page.keyboard.press('Escape');
  await alex.openMenu('The beans are in the cupboard');
  await alex.page.getByRole('menuitem', { name: 'Pin' }).click();
  await expect(sam.message('The beans are in the cupboard')).toContainText('pinned');

  await sam.page.getByRole('button', { name: 'More about Coffee' }).click();
  await sam.page.getByRole('menuitem', { name: 'Pinned messages' }).click();
  const pane = sam.page.getByRole('complementary', { name: 'Pinned messages' });
  await expect(pane).toContainText('Pinned by Alex');
  expect(await seriousProblems(sam.page)).toEqual([]);
  await pane.getByRole('link', { name: 'The beans are in the cupboard' }).click();
  await expect(sam.page).toHaveURL(/\/rooms\/coffee\/\d+/);
  await expect(sam.page.locator('.message.highlighted')).toContainText('The beans');

  await alex.openMenu('The beans are in the cupboard');
  await alex.page.getByRole('menuitem', { name: 'Unpin' }).click();
  await expect(pane).toContainText('Nothing is pinned in this room yet');
  await expect(sam.message('The beans are in the cupboard')).not.toContainText('pinned');
});
