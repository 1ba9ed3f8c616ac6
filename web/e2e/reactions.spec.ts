import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('people react with the mouse and the keyboard, and everybody sees it', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Tea at five?');
  await sam.openMenu('Tea at five?');
  expect(await seriousProblems(sam.page)).toEqual([]);
  await sam.page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).click();
  const chip = (person: typeof alex) =>
    person.message('Tea at five?').getByRole('button', { name: 'reacted with 👍' });
  await expect(chip(sam)).toHaveAttribute('aria-pressed', 'true');
  await expect(chip(alex)).toContainText('1');
  await expect(chip(alex)).toHaveAccessibleName(/^Sam reacted with/);
  await chip(alex).click();
  await expect(chip(sam)).toContainText('2');
  await expect(chip(sam)).toHaveAccessibleName(/^You and Alex reacted with/);
  expect(await seriousProblems(alex.page)).toEqual([]);

  // Without a mouse: the key that adds, the row of emoji, and all of them by their names.
  const link = alex.message('Tea at five?').locator('a.permalink');
  await link.focus();
  await link.press('+');
  await expect(alex.page.getByRole('menuitemcheckbox', { name: 'React with 👍' })).toBeFocused();
  await alex.page.keyboard.press('ArrowRight');
  await alex.page.keyboard.press('Enter');
  await expect(
    sam.message('Tea at five?').getByRole('button', { name: 'reacted with ❤️' }),
  ).toContainText('1');
  await link.focus();
  await link.press('+');
  await alex.page.getByRole('menuitem', { name: 'React…' }).click();
  const picker = alex.page.getByRole('dialog', { name: 'React' });
  await picker.getByRole('searchbox').fill('rocket');
  await picker.getByRole('button', { name: 'rocket' }).click();
  await expect(
    sam.message('Tea at five?').getByRole('button', { name: 'reacted with 🚀' }),
  ).toBeVisible();

  await sam.openMenu('Tea at five?');
  await sam.page.getByRole('menuitem', { name: 'Who reacted…' }).click();
  const all = sam.page.getByRole('dialog', { name: 'Reactions' });
  await expect(all).toContainText('👍 2');
  await expect(all).toContainText('Alex');
  await sam.page.keyboard.press('Escape');
  await chip(sam).click();
  await expect(chip(alex)).toContainText('1');
});

test('whoever was away sees what is left of it', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Any news?');
  await expect(sam.message('Any news?')).toBeVisible();
  sam.line.cut();
  const react = async (emoji: string) => {
    await alex.openMenu('Any news?');
    await alex.page.getByRole('menuitemcheckbox', { name: `React with ${emoji}` }).click();
  };
  await react('👍');
  await react('👍');
  await react('🎉');
  const chips = (person: typeof alex) => person.message('Any news?').locator('.reaction');
  await expect(chips(alex)).toHaveCount(1);
  await expect(chips(sam)).toHaveCount(0);
  await sam.comeBack();
  await expect(chips(sam)).toHaveCount(1);
  await expect(chips(sam)).toContainText('🎉');
  await sam.page.reload();
  await expect(chips(sam)).toContainText('🎉');
});
