import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('a message is answered by its menu, and the answer leads back to it', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Shall we meet at noon?');
  await sam.openMenu('Shall we meet at noon?');
  await sam.page.getByRole('menuitem', { name: /^Reply(?! in)/ }).click();
  await expect(sam.composer).toBeFocused();
  const bar = sam.page.locator('.reply-bar');
  await expect(bar).toContainText('Shall we meet at noon?');
  expect(await seriousProblems(sam.page)).toEqual([]);
  await sam.say('At one');
  await expect(bar).toBeHidden();

  const answer = alex.message('At one');
  await expect(answer.locator('.answered')).toContainText('Shall we meet at noon?');
  await answer.locator('.answered').click();
  await expect(alex.page).toHaveURL(/\/rooms\/general\/\d+$/);

  // What becomes of the one becomes of the line about it.
  await alex.message('Shall we meet at noon?').first().locator('a.permalink').focus();
  await alex.page.keyboard.press('Delete');
  await expect(answer.locator('.answered')).toContainText('This message was deleted.');
  await sam.page.reload();
  await expect(sam.message('At one').locator('.answered')).toContainText(
    'This message was deleted.',
  );
});

test('the key R begins a reply, and Escape takes it back', async ({ alex }) => {
  await alex.signIn();
  await alex.say('one');
  await expect(alex.message('one').locator('a.permalink')).toBeAttached();
  await alex.message('one').locator('a.permalink').focus();
  await alex.page.keyboard.press('r');
  await expect(alex.page.locator('.reply-bar')).toContainText('one');
  await expect(alex.composer).toBeFocused();
  await expect(alex.composer).toHaveValue('');
  await alex.composer.press('Escape');
  await expect(alex.page.locator('.reply-bar')).toBeHidden();
  await alex.say('two');
  await expect(alex.message('two')).toBeVisible();
  await expect(alex.message('two').locator('.answered')).toHaveCount(0);
});
