import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('what somebody blocked writes is hidden until it is asked for, and comes back', async ({
  alex,
  sam,
}, info) => {
  await alex.signIn();
  await sam.signIn();
  await sam.say('an insult');
  await expect(alex.message('an insult')).toBeVisible();
  await alex.log.getByRole('button', { name: 'Sam' }).click();
  await alex.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  const hidden = alex.log.getByText('Message from somebody you blocked');
  await expect(hidden).toBeVisible();
  await expect(alex.message('an insult')).toHaveCount(0);
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.screenshot({ path: info.outputPath('blocked.png') });

  await alex.page.reload();
  await sam.say('another one');
  await expect(hidden).toHaveCount(2);
  await alex.log.getByRole('button', { name: 'Show' }).first().click();
  await expect(alex.message('an insult')).toBeVisible();
  await expect(alex.message('another one')).toHaveCount(0);

  const tab = await alex.context.newPage();
  await tab.goto(alex.page.url());
  await expect(tab.getByText('Message from somebody you blocked')).toHaveCount(2);
  await alex.chooseOwn('Keep this account…');
  const dialog = alex.page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'Blocked' }).click();
  await dialog.getByRole('button', { name: 'Unblock Sam' }).click();
  await expect(dialog.getByText('You block nobody')).toBeVisible();
  await expect(tab.getByText('another one')).toBeVisible();
});
