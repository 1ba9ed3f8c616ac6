import { expect, test } from './fixtures/test';

test('emoticons and shortcodes become emoji, but not in addresses and code', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('done :) :tada: https://example.org/:) `:(`');
  await expect(sam.message('done 🙂 🎉 https://example.org/:) :(')).toBeVisible();
  await expect(alex.message('done 🙂 🎉 https://example.org/:) :(')).toBeVisible();
});

test('whoever wants emoticons as they are gets them, after a reload too', async ({ alex }) => {
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
  await alex.page.getByRole('checkbox', { name: 'Emoji from text' }).uncheck();
  await alex.page.keyboard.press('Escape');
  await alex.page.reload();
  await alex.say('plain :)');
  await expect(alex.message('plain :)')).toBeVisible();
  await alex.composer.pressSequentially(':smi');
  await expect(alex.page.getByRole('listbox')).toHaveCount(0);
});

test('emoji are proposed by their names', async ({ alex }) => {
  await alex.signIn();
  await alex.composer.pressSequentially('well :smi');
  const list = alex.page.getByRole('listbox', { name: 'Emoji' });
  await expect(list.getByRole('option').first()).toContainText('smile');
  await alex.page.keyboard.press('Tab');
  await expect(alex.composer).toHaveValue('well 😄 ');
  await alex.composer.pressSequentially('done');
  await alex.page.keyboard.press('Enter');
  await expect(alex.message('well 😄 done')).toBeVisible();
});
