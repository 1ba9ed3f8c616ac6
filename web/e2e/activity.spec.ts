import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('what concerned somebody stands in one list, and leads to its place', async ({
  alex,
  sam,
}) => {
  await sam.signIn();
  await alex.signIn();
  await alex.say('who has the figures?');
  await expect(sam.message('who has the figures?')).toBeVisible();
  await sam.openMenu('who has the figures?');
  await sam.page.getByRole('menuitem', { name: /^Reply(?! in)/ }).click();
  await sam.say('they are in the blue folder');
  await expect(alex.message('they are in the blue folder')).toBeVisible();

  await alex.enter('Tech');
  await alex.chooseOwn('Activity');
  const pane = alex.page.getByRole('complementary', { name: 'Activity' });
  const entry = pane.getByRole('listitem').filter({ hasText: 'blue folder' });
  await expect(entry).toContainText(/Sam.* answered you/);
  await expect(entry).toContainText('General');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await entry.getByRole('link').click();
  await expect(alex.page).toHaveURL(/[/]rooms[/]general[/]\d+/);
  await expect(alex.message('they are in the blue folder')).toBeVisible();
});
