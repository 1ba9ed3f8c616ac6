import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('a message is forwarded, and quoted for whoever may read it', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.signIn();
  await sam.say('the figures are in the blue folder');
  for (const person of [sam, alex]) {
    await person.enter('Tech');
    await person.page.getByRole('button', { name: 'Join Tech' }).click();
    await expect(person.composer).toBeVisible();
  }
  await alex.enter('General');
  await alex.openMenu('the figures are in the blue folder');
  await alex.page.getByRole('menuitem', { name: 'Forward…' }).click();
  const dialog = alex.page.getByRole('dialog', { name: 'Forward this message' });
  await dialog.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(dialog).toContainText('Choose where it is to go.');
  await dialog.getByLabel('To').selectOption({ label: 'Tech' });
  await dialog.getByLabel('Your words').fill('as promised');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Forward', exact: true }).click();

  const quoted = sam.page.getByRole('blockquote').filter({ hasText: 'blue folder' });
  await expect(quoted).toContainText('Sam');
  await expect(quoted).toContainText('General');
  expect(await seriousProblems(sam.page)).toEqual([]);
  // Nothing of it stays when it is deleted.
  await sam.enter('General');
  await sam.openMenu('the figures are in the blue folder');
  await sam.page.getByRole('menuitem', { name: 'Delete' }).click();
  await sam.enter('Tech');
  await expect(sam.page.getByText('A message that you cannot read')).toBeVisible();
  await expect(quoted).toHaveCount(0);
});
