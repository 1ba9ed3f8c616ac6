import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('a message is kept for later, found beside the conversation, and let go of', async ({
  alex,
  sam,
}) => {
  await sam.signIn();
  await alex.signIn();
  await sam.say('the figures are in the blue folder');
  await alex.openMenu('the figures are in the blue folder');
  await alex.page.getByRole('menuitem', { name: 'Save for later' }).click();
  await expect(alex.page.getByText('Saved. It stands in your account menu')).toBeVisible();

  await alex.enter('Tech');
  await alex.chooseOwn('Saved messages');
  const pane = alex.page.getByRole('complementary', { name: 'Saved messages' });
  const entry = pane.getByRole('listitem').filter({ hasText: 'blue folder' });
  await expect(entry).toContainText('Sam');
  await expect(entry).toContainText('General');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await entry.getByRole('link').click();
  await expect(alex.page).toHaveURL(/[/]rooms[/]general[/]\d+/);
  await expect(alex.message('the figures are in the blue folder')).toBeVisible();

  // It is the same after a reload.
  await alex.page.reload();
  await expect(entry).toBeVisible();
  await entry.getByRole('button', { name: /^Remove the message of .*Sam/ }).click();
  await expect(pane.getByText('You have saved nothing yet')).toBeVisible();
});
