import { expect, test } from './fixtures/test';

test('what one does is told in one line', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('hello');
  await alex.say('/me waves');
  for (const { log, bubbles } of [alex, sam]) {
    await expect(log.getByRole('article').filter({ hasText: 'Alex waves' })).toBeVisible();
    await expect(bubbles).toHaveCount(2);
    await expect(log.getByText('* Alex')).toHaveCount(0);
  }
});

test('a hint is for one person, and goes when it is dismissed', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('/who');
  const hint = alex.log.getByRole('status');
  await expect(hint).toContainText('In #general: Alex, Sam.');
  await sam.say('hello');
  await expect(alex.message('hello')).toBeVisible();
  await expect(sam.log.getByRole('status')).toHaveCount(0);
  await alex.page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(hint).toHaveCount(0);
  await expect(alex.log).toBeFocused();
});

test('a slip of the pen is hinted at, and can be mended', async ({ alex }) => {
  await alex.signIn();
  await alex.say('/nik Alexandra');
  await expect(alex.log.getByRole('status')).toContainText('There is no command /nik');
  await expect(alex.composer).toHaveValue('/nik Alexandra');
  await alex.say('/nick Alexandra');
  await expect(alex.page.getByRole('button', { name: 'Account of Alexandra' })).toBeVisible();
  await expect(alex.log.getByText('Alex is now Alexandra')).toBeVisible();
  await alex.say('/nick <b>');
  await expect(alex.page.getByRole('alert')).toContainText('letters, digits, emoji');
  await expect(alex.composer).toHaveValue('/nick <b>');
});

test('a refused command is back in its room, with the reason, after a look into another', async ({
  alex,
  sam,
}) => {
  await sam.signIn();
  await alex.signIn('Tech');
  await alex.enter('General');
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  alex.line.slowDown(500);
  await alex.say('/nick Sam');
  await alex.enter('Tech');
  await expect(alex.composer).toHaveValue('');
  await alex.enter('General');
  await expect(alex.composer).toHaveValue('/nick Sam');
  await expect(alex.page.getByRole('alert')).toContainText('has this name already');
});

test('rooms are entered and left by command', async ({ alex, voices }) => {
  await voices.say('Kim', ['in tech'], 'tech');
  await alex.signIn();
  await alex.say('/join #tech');
  await expect(alex.page).toHaveURL(/\/rooms\/tech$/);
  await expect(alex.message('in tech')).toBeVisible();
  await expect(alex.composer).toBeFocused();
  await alex.say('/leave');
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
  await expect(alex.composer).toBeFocused();
  await alex.say('/join nowhere');
  await expect(alex.page.getByRole('alert')).toHaveText('There is no such room.');
  await alex.enter('Tech');
  await expect(alex.page.getByRole('button', { name: 'Join Tech' })).toBeVisible();
});

test('signing out by command is not mistaken for something else', async ({ alex }) => {
  await alex.signIn();
  await alex.say('/logout');
  await expect(alex.page.getByLabel('Your name')).toBeVisible();
  await expect(alex.page.getByRole('alert')).toHaveCount(0);
});

test('two slashes begin a message with one', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('//who is a command');
  await expect(sam.message('/who is a command')).toBeVisible();
});

test('a command is not kept for later', async ({ alex }) => {
  await alex.signIn();
  alex.line.cut();
  await expect(alex.page.getByText(/^Reconnecting/).first()).toBeVisible();
  await alex.say('/leave');
  await expect(alex.page.getByRole('alert').filter({ hasText: 'You are offline' })).toBeVisible();
  await expect(alex.composer).toHaveValue('/leave');
  await alex.comeBack();
  await expect(alex.page.getByText(/^Reconnecting/)).toHaveCount(0);
  await alex.composer.press('Enter');
  await expect(alex.composer).toHaveCount(0);
});

test('commands are proposed while one types, for the keyboard and the mouse', async ({ alex }) => {
  await alex.signIn();
  const list = alex.page.getByRole('listbox', { name: 'Commands' });
  const option = (name: string) => list.getByRole('option', { name });
  await alex.composer.pressSequentially('/');
  await expect(list.getByRole('option')).toHaveCount(14);
  await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
  await alex.page.keyboard.press('ArrowDown');
  await expect(option('/me')).toHaveAttribute('aria-selected', 'true');
  await alex.page.keyboard.press('ArrowUp');
  await expect(option('/help')).toHaveAttribute('aria-selected', 'true');
  await alex.page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(alex.composer).toBeFocused();
  await alex.composer.pressSequentially('w');
  await alex.page.keyboard.press('Tab');
  await expect(alex.composer).toHaveValue('/who');
  await alex.page.keyboard.press('Enter');
  await expect(alex.log.getByRole('status')).toContainText('In #general');

  await alex.composer.pressSequentially('/ni');
  await option('/nick').click();
  await expect(alex.composer).toBeFocused();
  await alex.composer.pressSequentially('Alexandra');
  await expect(alex.composer).toHaveValue('/nick Alexandra');
});

test('a topic, somebody who is brought in and a message to one person, by command', async ({
  alex,
  sam,
}) => {
  await sam.signIn();
  await alex.signIn();
  await alex.createRoom('Coffee');
  await alex.say('/topic Beans & <b>roasting</b>');
  await expect(alex.page.getByText('Beans & <b>roasting</b>').first()).toBeVisible();
  await alex.say('/invite Sam');
  await expect(sam.room('Coffee')).toBeVisible();
  await sam.enter('Coffee');
  await sam.say('/topic Tea');
  await expect(sam.page.getByRole('alert')).toHaveText('You may not do this here.');
  await expect(sam.composer).toHaveValue('/topic Tea');

  await alex.say('/msg Kim are you there?');
  await expect(alex.page.getByRole('alert')).toContainText('is called');
  await alex.say('/msg @Sam are you there?');
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('Sam');
  await expect(alex.log.getByText('are you there?')).toBeVisible();
  await sam.page.getByRole('navigation').getByRole('link', { name: 'Alex' }).click();
  await expect(sam.log.getByText('are you there?')).toBeVisible();

  await alex.enter('General');
  await alex.say('/help');
  await expect(alex.log.getByRole('status')).toContainText(/\/nick NAME .*\/msg NAME TEXT/);
});
