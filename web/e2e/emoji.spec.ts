import { seriousProblems } from './fixtures/axe';
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
  await alex.page.getByRole('button', { name: 'Settings' }).click();
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

test('an emoji is picked by the keyboard, and stands where the caret was', async ({ alex }) => {
  await alex.signIn();
  const { keyboard } = alex.page;
  await alex.composer.pressSequentially('well done');
  for (let count = 0; count < 5; count += 1) {
    await keyboard.press('ArrowLeft');
  }
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  const picker = alex.page.getByRole('dialog', { name: 'Emoji' });
  await expect(picker.getByRole('searchbox')).toBeFocused();
  await keyboard.type('rocket');
  await expect(picker.getByRole('button', { name: 'rocket' })).toBeVisible();
  await keyboard.press('Enter');
  await expect(picker).toBeHidden();
  await expect(alex.composer).toBeFocused();
  await expect(alex.composer).toHaveValue('well🚀 done');
  await keyboard.press('Control+z');
  await expect(alex.composer).toHaveValue('well done');
});

test('the picker has kinds and tones, and what was used comes first', async ({ alex }, info) => {
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Emoji' }).click();
  const picker = alex.page.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('button', { name: 'People' }).click();
  await picker.getByRole('radio', { name: 'Medium dark' }).check();
  await expect(picker.getByRole('button', { name: 'waving hand' })).toHaveText('👋🏾');
  await alex.page.screenshot({ path: info.outputPath('light.png') });
  for (const theme of ['light', 'dark'] as const) {
    // Colours do not pass into each other on their way.
    await alex.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    expect(await seriousProblems(alex.page)).toEqual([]);
  }
  await alex.page.screenshot({ path: info.outputPath('dark.png') });
  await picker.getByRole('button', { name: 'waving hand' }).click();
  await expect(alex.composer).toHaveValue('👋🏾');
  await alex.page.getByRole('button', { name: 'Emoji' }).click();
  await expect(picker.getByRole('button', { name: 'waving hand' })).toHaveText('👋🏾');
  await alex.page.keyboard.press('Escape');
  await expect(picker).toBeHidden();
});

test('the picker fits on a phone', async ({ person }, info) => {
  const alex = await person('Alex', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Emoji' }).click();
  const picker = alex.page.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
  const box = await picker.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  await alex.page.screenshot({ path: info.outputPath('phone.png') });
  await picker.getByRole('button', { name: 'grinning face', exact: true }).tap();
  await expect(alex.composer).toHaveValue('😀');
});
