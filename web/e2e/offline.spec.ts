import { expect, test } from './fixtures/test';

test('what is written without a line goes out once, in order, after a reload', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('before');
  await expect(sam.message('before')).toBeVisible();

  alex.line.cut();
  const texts = ['one', 'two', 'three'];
  for (const text of texts) {
    await alex.say(text);
    await expect(alex.message(text).getByRole('img', { name: 'Sending' })).toBeVisible();
  }
  await alex.page.reload();
  for (const text of texts) {
    await expect(alex.message(text).getByRole('img', { name: 'Sending' })).toBeVisible();
  }

  await alex.comeBack();
  for (const person of [alex, sam]) {
    await expect(person.bubbles.locator('.message-text')).toHaveText(['before', ...texts]);
  }
  await expect(alex.page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  await alex.page.reload();
  await expect(alex.bubbles.locator('.message-text')).toHaveText(['before', ...texts]);
});

test('what was said meanwhile is there after coming back', async ({ alex, sam, voices }) => {
  await alex.signIn();
  await sam.signIn();
  alex.line.cut();
  await sam.say('are you there?');
  await voices.say('Kim', ['I am']);
  await expect(alex.message('are you there?')).toBeHidden();
  await alex.comeBack();
  await expect(alex.bubbles.locator('.message-text')).toHaveText(['are you there?', 'I am']);
  await expect(alex.log.getByText('Kim joined', { exact: false })).toHaveCount(1);
});

test('the banner comes when a line stays away, and goes with it', async ({ alex }) => {
  await alex.signIn();
  alex.line.cut();
  const banner = alex.page.getByText(/^Reconnecting/);
  await expect(banner).toBeVisible({ timeout: 20_000 });
  await alex.comeBack();
  await expect(banner).toBeHidden();
});

test('a line that died without a word is noticed', async ({ alex }) => {
  await alex.signIn();
  alex.line.die();
  // The browser hears of its network sooner than the silence tells.
  await alex.page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await expect(alex.page.getByText(/^Reconnecting/)).toBeVisible({ timeout: 30_000 });
});

test('a restart of the server loses nothing', async ({ alex, sam, server }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('before');
  await expect(sam.message('before')).toBeVisible();
  await server.restart();
  await alex.say('after');
  await expect(sam.bubbles.locator('.message-text')).toHaveText(['before', 'after'], {
    timeout: 15_000,
  });
  await expect(alex.bubbles.locator('.message-text')).toHaveText(['before', 'after']);
});

test('a message that cannot be sent is kept, and sent again or deleted', async ({
  alex,
  sam,
  voices,
}) => {
  await alex.signIn();
  await sam.signIn();
  alex.line.cut();
  await alex.say('send me again');
  await alex.say('delete me');
  // Taken out of the room meanwhile, by a connection that is not cut.
  await voices.leave(await alex.token(), 'general');
  await alex.comeBack();
  // Only then: whoever is a member again in time has nothing refused.
  await expect.poll(() => alex.deliveries()).toEqual(['failed', 'failed']);
  await alex.page.getByRole('button', { name: 'Join General' }).click();

  const again = alex.message('send me again');
  const remove = alex.message('delete me');
  await expect(again).toContainText('Not sent.');
  await remove.getByRole('button', { name: 'Delete' }).click();
  await expect(remove).toHaveCount(0);
  await again.getByRole('button', { name: 'Retry' }).click();
  await expect(sam.message('send me again')).toBeVisible();
  await expect(again).not.toContainText('Not sent.');
  await alex.page.reload();
  await expect(alex.bubbles.locator('.message-text')).toHaveText(['send me again']);
});

test('edits and deletions without a line are kept over a reload, and come once, with the line', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Hello, Sma');
  await alex.say('gone soon');
  await expect(sam.message('gone soon')).toBeVisible();
  alex.line.cut();
  await alex.openMenu('Hello, Sma');
  await alex.page.getByRole('menuitem', { name: 'Edit…' }).click();
  await alex.page.getByRole('textbox', { name: 'Text of the message' }).fill('Hello, Sam');
  await alex.page.keyboard.press('Enter');
  await expect(alex.message('Hello, Sam')).toContainText('edited');
  await expect(alex.message('Hello, Sam').getByRole('img', { name: 'Sending' })).toBeVisible();
  await alex.openMenu('gone soon');
  await alex.page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(alex.log.getByText('This message was deleted.')).toBeVisible();
  await expect.poll(() => alex.deliveries()).toEqual(['pending', 'pending']);
  await expect(sam.message('Hello, Sma')).toBeVisible();
  await expect(sam.message('gone soon')).toBeVisible();

  alex.line.mend();
  await alex.page.reload();
  for (const person of [alex, sam]) {
    await expect(person.message('Hello, Sam')).toContainText('edited');
    await expect(person.log.getByText('This message was deleted.')).toHaveCount(1);
    await expect(person.message('gone soon')).toHaveCount(0);
  }
  await expect.poll(() => alex.deliveries()).toEqual([]);
});

test('an edit that is refused stays in its place, with the reason', async ({
  alex,
  sam,
  voices,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('the first text');
  await expect(sam.message('the first text')).toBeVisible();
  alex.line.cut();
  await alex.openMenu('the first text');
  await alex.page.getByRole('menuitem', { name: 'Edit…' }).click();
  await alex.page.getByRole('textbox', { name: 'Text of the message' }).fill('a better text');
  await alex.page.keyboard.press('Enter');
  // Taken out of the room meanwhile, by a connection that is not cut.
  await voices.leave(await alex.token(), 'general');
  await alex.comeBack();
  await expect.poll(() => alex.deliveries()).toEqual(['failed']);
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  const edited = alex.message('a better text');
  await expect(edited).toContainText('Not changed. Join this room first.');
  await edited.getByRole('button', { name: 'Retry' }).click();
  await expect(sam.message('a better text')).toBeVisible();
  await expect(edited).not.toContainText('Not changed.');
});

test('two tabs of one person send a message once', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  alex.line.cut();
  await alex.say('one');
  await alex.say('two');
  const second = await alex.context.newPage();
  await second.goto(`${alex.line.url}/rooms/general`);
  await expect(second.getByRole('log').getByText('two', { exact: true })).toBeVisible();
  alex.line.mend();
  await Promise.all(
    [alex.page, second].map((page) =>
      page.evaluate(() => window.dispatchEvent(new Event('online'))),
    ),
  );
  for (const log of [sam.log, alex.log, second.getByRole('log')]) {
    await expect(log.locator('.message-text')).toHaveText(['one', 'two']);
    await expect(log.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  }
});

test('what a closed tab left is sent by the one that stays', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  const second = await alex.context.newPage();
  await second.goto(`${alex.line.url}/rooms/general`);
  const composer = second.getByRole('textbox', { name: /^Message #/ });
  await expect(composer).toBeVisible();
  alex.line.cut();
  await composer.fill('left behind');
  await composer.press('Enter');
  await expect.poll(() => alex.deliveries()).toEqual(['pending']);
  await second.close();
  await alex.comeBack();
  for (const { bubbles } of [alex, sam]) {
    await expect(bubbles.locator('.message-text')).toHaveText(['left behind']);
  }
  await expect(alex.page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  await expect.poll(() => alex.deliveries()).toEqual([]);
});
