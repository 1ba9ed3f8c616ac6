import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

test('what is completed is what somebody chose, and undo takes it back', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.signIn();
  await alex.composer.pressSequentially('ratio :100');
  await expect(alex.page.getByRole('option').first()).toBeVisible();
  await alex.page.keyboard.press('Enter');
  await expect(alex.message('ratio :100')).toBeVisible();

  await alex.composer.pressSequentially('hi @sa');
  await alex.page.keyboard.press('Tab');
  await expect(alex.composer).toHaveValue('hi @Sam ');
  await alex.composer.pressSequentially('see #te');
  await alex.page.keyboard.press('ArrowDown');
  await alex.page.keyboard.press('Enter');
  await expect(alex.composer).toHaveValue('hi @Sam see #tech ');
  await alex.page.keyboard.press('Control+z');
  await expect(alex.composer).toHaveValue('hi @Sam see #te');
  await expect
    .poll(async () => {
      await alex.page.keyboard.press('Control+z');
      return alex.composer.inputValue();
    })
    .toBe('hi @sa');
  await alex.page.keyboard.press('Control+Shift+z');
  await expect(alex.composer).toHaveValue('hi @Sam ');
});

test('pasted code keeps its indentation', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  const code = '    if (ready) {\n        go();\n    }';
  await alex.say(code);
  for (const { log } of [alex, sam]) {
    await expect
      .poll(() =>
        log
          .locator('.message-text')
          .last()
          .evaluate((text) => text.textContent),
      )
      .toBe(code);
  }
});

test('a megabyte is not taken in, and the page goes on', async ({ alex }) => {
  await alex.signIn();
  await alex.composer.fill('before');
  await alex.page.keyboard.insertText('megabyte '.repeat(120_000));
  await expect(alex.page.getByRole('alert')).toContainText('Nothing was put in');
  await expect(alex.composer).toHaveValue('before');
  await alex.composer.press('End');
  await alex.composer.pressSequentially(' and after');
  await expect(alex.page.getByRole('alert')).toBeHidden();
  await alex.composer.press('Enter');
  await expect(alex.message('before and after')).toBeVisible();
});

test('a megabyte that is pasted becomes a file, and the page goes on', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  await alex.composer.fill('before');
  await alex.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('megabyte '.repeat(120_000)));
  await alex.composer.press('Control+v');
  const tray = page.getByRole('list', { name: 'Attached files' });
  await expect(tray).toContainText('pasted text.txt');
  await expect(page.getByText('is attached as a file')).toBeVisible();
  // The field would not take it.
  await expect(page.getByRole('button', { name: 'Put it in the text' })).toBeHidden();
  await expect(alex.composer).toHaveValue('before');
  await alex.composer.press('End');
  await alex.composer.pressSequentially(' and after');
  await alex.composer.press('Enter');
  await expect(alex.bubbles.filter({ hasText: 'before and after' })).toContainText('1.1 MB');
});

test('a draft stays with its room when that moves to another address', async ({ alex }) => {
  await alex.signIn();
  await alex.createRoom('Coffee');
  await alex.composer.fill('half a thought');
  await alex.choose('Coffee', 'Settings…');
  await alex.page.getByLabel('Address').fill('tea');
  await alex.page.getByRole('button', { name: 'Save' }).click();
  await expect(alex.page).toHaveURL(/\/rooms\/tea$/);
  await expect(alex.composer).toHaveValue('half a thought');
  await alex.enter('General');
  await expect(alex.composer).toHaveValue('');
  await alex.enter('Coffee');
  await expect(alex.composer).toHaveValue('half a thought');
  await alex.page.reload();
  await expect(alex.composer).toHaveValue('half a thought');
});

test('the keyboard is never nowhere', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.composer.press('Escape');
  await expect(alex.composer).toBeFocused();

  await alex.log.focus();
  await alex.page.keyboard.press('Escape');
  await expect(alex.composer).toBeFocused();

  await alex.log.focus();
  await alex.page.keyboard.type('hello');
  await expect(alex.composer).toHaveValue('hello');

  // A button that goes when it is pressed.
  await alex.scrollTo(200);
  await alex.pill.focus();
  await alex.page.keyboard.press('Enter');
  await expect(alex.pill).toBeHidden();
  await expect(alex.log).toBeFocused();
});
