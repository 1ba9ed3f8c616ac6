import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ contextOptions: { colorScheme } });

    test('signing in', async ({ alex }) => {
      await alex.open();
      await alex.page.getByLabel('Your name').press('Enter');
      await expect(alex.page.getByRole('alert')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
    });

    test('a conversation with all that it can show', async ({ alex, voices }) => {
      await alex.signIn();
      await alex.enter('Tech');
      await alex.page.getByRole('button', { name: 'Join Tech' }).click();
      await voices.say('Kim', ['see https://example.org', 'and more']);
      await expect(alex.room('General')).toContainText('2 unread');
      expect(await seriousProblems(alex.page)).toEqual([]);
      await alex.enter('General');
      await alex.say('hello https://example.org');
      await alex.say('/me waves');
      await alex.say('/who');
      await expect(alex.log.getByRole('status')).toBeVisible();
      await alex.composer.pressSequentially('/');
      await expect(alex.page.getByRole('listbox')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
      await expect(alex.page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
      alex.line.cut();
      await alex.say('on its way');
      await expect(alex.page.getByRole('img', { name: 'Sending' })).toBeVisible();
      await alex.composer.fill('x'.repeat(2_001));
      await alex.composer.press('Enter');
      await expect(alex.page.getByRole('alert')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
    });

    test('a message that was not sent', async ({ alex, voices }) => {
      await alex.signIn();
      alex.line.cut();
      await alex.say('not sent');
      await voices.leave(await alex.token(), 'general');
      await alex.comeBack();
      await expect(alex.page.getByRole('button', { name: 'Join General' })).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
      await alex.page.getByRole('button', { name: 'Join General' }).click();
      await expect(alex.message('not sent')).toContainText('Not sent.');
      expect(await seriousProblems(alex.page)).toEqual([]);
    });

    test('a look at an old message', async ({ alex, voices }) => {
      await voices.say('Kim', numbered(1, 120));
      await alex.open('/rooms/general/31');
      await alex.fillIn();
      await expect(alex.message('message 30')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
    });

    test('dialogs and menus', async ({ alex }) => {
      await alex.signIn();
      await alex.page.getByRole('button', { name: 'Create a room' }).click();
      await expect(alex.page.getByRole('dialog')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
      await alex.page.keyboard.press('Escape');
      await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
      await expect(alex.page.getByRole('button', { name: 'Sign out' })).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
      await alex.createRoom('Coffee');
      await alex.choose('Coffee', 'Settings…');
      await expect(alex.page.getByRole('dialog')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
      await alex.page.getByRole('button', { name: 'Delete room…' }).click();
      await expect(alex.page.getByText('This cannot be undone')).toBeVisible();
      expect(await seriousProblems(alex.page)).toEqual([]);
    });
  });
}

test.describe('at the width of a phone', () => {
  test.use({ contextOptions: { viewport: { width: 390, height: 844 } } });

  test('rooms, conversation and people', async ({ alex }) => {
    await alex.signIn();
    await alex.say('hello');
    expect(await seriousProblems(alex.page)).toEqual([]);
    await alex.page.getByRole('button', { name: 'Show people' }).click();
    await expect(alex.page.getByRole('dialog')).toBeVisible();
    expect(await seriousProblems(alex.page)).toEqual([]);
    await alex.page.keyboard.press('Escape');
    await alex.page.getByRole('button', { name: 'Back to the rooms' }).click();
    expect(await seriousProblems(alex.page)).toEqual([]);
  });
});

test('everything is within reach of the keyboard', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  await expect(alex.composer).toBeFocused();
  await alex.say('with the keyboard');
  await expect(alex.message('with the keyboard')).toBeVisible();
  await expect(alex.composer).toBeFocused();
  await alex.log.focus();
  await alex.page.keyboard.press('PageUp');
  await expect.poll(() => alex.distanceToEnd()).toBeGreaterThan(100);
  await alex.page.keyboard.press('End');
  await expect.poll(() => alex.distanceToEnd()).toBeLessThan(1);
});

test('the messages are one stop of Tab, and arrow keys go from one to the next', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  await expect(alex.message('message 40')).toBeInViewport();
  await alex.log.focus();
  const address = (text: string) => alex.message(text).getByRole('link');
  await alex.page.keyboard.press('Tab');
  await expect(address('message 40')).toBeFocused();
  // The composer begins with the button for files.
  const attach = alex.page.getByRole('button', { name: 'Attach files' });
  await expect(attach).toBeVisible();
  await alex.page.keyboard.press('Tab');
  await expect(attach).toBeFocused();
  await alex.page.keyboard.press('Tab');
  await expect(alex.composer).toBeFocused();
  await alex.page.keyboard.press('Shift+Tab');
  await expect(attach).toBeFocused();
  await alex.page.keyboard.press('Shift+Tab');
  await expect(address('message 40')).toBeFocused();
  for (let number = 39; number > 1; number -= 1) {
    await alex.page.keyboard.press('ArrowUp');
    await expect(alex.log.locator('.permalink:focus')).toBeInViewport();
  }
  await expect(address('message 2')).toBeFocused();
  await alex.page.keyboard.press('Enter');
  // The first event of the log is that Kim joined.
  await expect(alex.page).toHaveURL(/\/rooms\/general\/3$/);
  await alex.page.keyboard.press('End');
  await expect(alex.message('message 40')).toBeInViewport();
  await alex.page.keyboard.press('PageUp');
  await expect.poll(() => alex.distanceToEnd()).toBeGreaterThan(100);
});

test('the colours can be chosen, and stay chosen', async ({ alex }) => {
  await alex.signIn();
  const lightness = () =>
    alex.page.evaluate(() => {
      const [first = 0] =
        /[\d.]+/.exec(getComputedStyle(document.documentElement).backgroundColor) ?? [];
      return Number(first);
    });
  expect(await lightness()).toBeGreaterThan(0.5);
  await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
  await alex.page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(lightness).toBeLessThan(0.5);
  await alex.page.reload();
  await expect(alex.composer).toBeVisible();
  expect(await lightness()).toBeLessThan(0.5);
});
