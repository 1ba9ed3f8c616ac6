import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

test('back and forward switch rooms without loading the page again', async ({ alex, voices }) => {
  await voices.say('Kim', ['in general']);
  await voices.say('Pat', ['in tech'], 'tech');
  await alex.signIn('General');
  await expect(alex.message('in general')).toBeVisible();
  await alex.enter('Tech');
  await alex.page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(alex.message('in tech')).toBeVisible();
  await alex.page.evaluate(() => document.body.setAttribute('data-same-page', ''));

  await alex.page.goBack();
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
  await expect(alex.message('in general')).toBeVisible();
  await alex.page.goForward();
  await expect(alex.message('in tech')).toBeVisible();
  await expect(alex.page.locator('body[data-same-page]')).toBeAttached();
});

test('a reload stays in the room', async ({ alex }) => {
  await alex.signIn('Tech');
  await alex.say('still here');
  await expect(alex.message('still here')).toBeVisible();
  await alex.page.reload();
  await expect(alex.page).toHaveURL(/\/rooms\/tech$/);
  await expect(alex.message('still here')).toBeVisible();
});

test('a link to a room survives signing in', async ({ alex, voices }) => {
  await voices.say('Kim', ['in tech'], 'tech');
  await alex.open('/rooms/tech');
  await alex.fillIn();
  await expect(alex.page).toHaveURL(/\/rooms\/tech$/);
  await expect(alex.message('in tech')).toBeVisible();
});

test('a link to a message shows it among its neighbours, after signing in and after a reload', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 200));
  // The first event of the log is that Kim joined.
  await alex.open('/rooms/general/41');
  await alex.fillIn();
  for (let visit = 0; visit < 2; visit += 1) {
    await expect(alex.message('message 40')).toBeInViewport();
    await expect(alex.message('message 40')).toHaveClass(/highlighted/);
    await expect(alex.message('message 200')).toHaveCount(0);
    await alex.page.reload();
  }

  await alex.page.getByRole('button', { name: 'Jump to newest' }).click();
  await expect(alex.message('message 200')).toBeInViewport();
});

test('from an old message one reads on to the newest', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 200));
  await alex.open('/rooms/general/31');
  await alex.fillIn();
  await expect(alex.message('message 30')).toBeInViewport();
  await alex.log.focus();
  await expect
    .poll(
      async () => {
        await alex.page.keyboard.press('PageDown');
        return alex.message('message 200').count();
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toBe(1);
});

test('a link to a message that is not there says so', async ({ alex, voices }) => {
  await voices.say('Kim', ['hello']);
  await alex.open('/rooms/general/9999');
  await alex.fillIn();
  await expect(alex.page.getByText('This message is not in this room.')).toBeVisible();
  await expect(alex.message('hello')).toBeVisible();
});

test('an address that can be no message’s does not keep older messages away', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 120));
  await alex.open('/rooms/general/99999999999999999999');
  await alex.fillIn();
  await expect(alex.page.getByText('This message is not in this room.')).toBeVisible();
  await alex.log.focus();
  await expect
    .poll(
      async () => {
        await alex.page.keyboard.press('PageUp');
        return alex.message('message 1').count();
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toBe(1);
});

test('the time of a message is its address', async ({ alex, voices }) => {
  await voices.say('Kim', ['hello']);
  await alex.signIn();
  await alex.message('hello').getByRole('link').click();
  await expect(alex.page).toHaveURL(/\/rooms\/general\/2$/);
  await expect(alex.message('hello')).toHaveClass(/highlighted/);
});

test('an address gives up its message to the newest one', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 120));
  await alex.open('/rooms/general/41');
  await alex.fillIn();
  await expect(alex.message('message 40')).toBeInViewport();
  await alex.page.getByRole('button', { name: 'Jump to newest' }).click();
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
  await expect(alex.message('message 120')).toBeInViewport();

  await alex.message('message 120').getByRole('link').click();
  await expect(alex.page).toHaveURL(/\/rooms\/general\/121$/);
  await alex.say('mine');
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
  await voices.say('Pat', numbered(121, 180));
  await expect(alex.message('message 180')).toBeInViewport();
  await alex.page.reload();
  await expect(alex.message('message 180')).toBeInViewport();
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
});

test('the time of the message on show leads to it once more', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 120));
  await alex.open('/rooms/general/41');
  await alex.fillIn();
  const message = alex.message('message 40');
  await expect(message).toBeInViewport();
  const top = async () => (await message.boundingBox())?.y ?? 0;
  const before = await top();
  await message.hover();
  await alex.page.mouse.wheel(0, 120);
  await expect.poll(top).toBeLessThan(before - 100);
  await message.getByRole('link').click();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);
});

test('a new room is there for everyone', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee & tea');
  await expect(alex.page).toHaveURL(/\/rooms\/coffee-&-tea$/);
  await alex.say('Who wants some?');

  await sam.enter('Coffee & tea');
  await sam.page.getByRole('button', { name: 'Join Coffee & tea' }).click();
  await expect(sam.message('Who wants some?')).toBeVisible();
});

test('who leaves a room is asked first', async ({ alex }) => {
  await alex.signIn();
  await alex.choose('General', 'Leave room…');
  await expect(alex.page.getByRole('heading', { name: 'Leave General?' })).toBeVisible();
  await alex.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(alex.page.getByRole('button', { name: 'More about General' })).toBeFocused();
  await expect(alex.composer).toBeVisible();
  await alex.leave('General');
  await expect(alex.page.getByRole('button', { name: 'Join General' })).toBeVisible();
  await expect(alex.page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the list scrolls to the room on show', async ({ alex, voices }) => {
  await alex.page.setViewportSize({ width: 1280, height: 500 });
  const titles = Array.from({ length: 40 }, (_, index) => `Room ${String(index + 10)}`);
  await voices.createRooms('Kim', titles);
  await alex.open('/rooms/room-44');
  await alex.fillIn();
  await expect(alex.room('Room 44')).toBeInViewport({ ratio: 1 });
  await alex.open('/rooms/general');
  await expect(alex.room('General')).toBeInViewport({ ratio: 1 });
  // One that is not joined is in the list, too, however many there are.
  await alex.open('/rooms/room-49');
  await expect(alex.page.getByRole('button', { name: 'Join Room 49' })).toBeVisible();
  await expect(alex.room('Room 49')).toBeInViewport({ ratio: 1 });
  await alex.page.goBack();
  await expect(alex.room('General')).toBeInViewport({ ratio: 1 });
});

test('the room of the last visit is found at its new address', async ({ alex }) => {
  await alex.signIn();
  await alex.createRoom('Coffee');
  await alex.choose('Coffee', 'Settings…');
  await alex.page.getByLabel('Address').fill('tea');
  await alex.page.getByRole('button', { name: 'Save' }).click();
  await expect(alex.page).toHaveURL(/\/rooms\/tea$/);
  await alex.createRoom('Other');
  await alex.choose('Other', 'Settings…');
  await alex.page.getByLabel('Address').fill('coffee');
  await alex.page.getByRole('button', { name: 'Save' }).click();
  await alex.enter('Coffee');
  await alex.open('/');
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('Coffee');
});

test('after leaving a room nothing of it comes', async ({ alex, voices }) => {
  await alex.signIn();
  await alex.leave('General');
  await expect(alex.page.getByRole('button', { name: 'Join General' })).toBeVisible();
  await voices.say('Kim', ['are you gone?']);
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  await expect(alex.message('are you gone?')).toBeVisible();
});

test('a room that was not on show has its messages and people when it is opened', async ({
  alex,
  sam,
}) => {
  await sam.signIn('Tech');
  await sam.say('said in tech');
  await alex.signIn('Tech');
  await alex.enter('General');
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  await alex.page.reload();
  const people = alex.page.getByRole('complementary').getByRole('listitem');
  await expect(people).toHaveText([/Alex/]);
  await alex.enter('Tech');
  await expect(people).toHaveText([/Alex/, /Sam/]);
  await expect(alex.log).toContainText('said in tech');
  await expect(alex.log).toContainText('Alex joined');
});

test('a late answer takes nobody away from where he is by then', async ({ alex }) => {
  await alex.signIn('Tech');
  await alex.enter('General');
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  await expect(alex.composer).toBeFocused();
  alex.line.slowDown(500);

  await alex.say('/join random');
  await alex.enter('Tech');
  await alex.composer.pressSequentially('written in tech');
  await expect(alex.room('Random')).not.toHaveClass(/outside/);

  await alex.page.getByRole('button', { name: 'Create a room' }).click();
  await alex.page.getByLabel('Title').fill('Coffee');
  await alex.page.getByRole('button', { name: 'Create room' }).click();
  await alex.page.keyboard.press('Escape');
  await alex.enter('General');
  await expect(alex.room('Coffee')).toBeVisible();

  await alex.leave('General');
  await alex.enter('Tech');
  await alex.composer.focus();
  await expect(alex.room('General')).toHaveClass(/outside/);
  await expect(alex.composer).toBeFocused();
  await expect(alex.composer).toHaveValue('written in tech');

  await alex.say('after all of it');
  await expect(alex.message('after all of it')).toBeVisible();
  await expect(alex.composer).toBeFocused();
  await expect(alex.page).toHaveURL(/\/rooms\/tech$/);
});

test('what comes into a window that nobody looks at stays unread', async ({ alex, voices }) => {
  await alex.signIn();
  await alex.say('here');
  await voices.say('Kim', ['seen']);
  await expect(alex.message('seen')).toBeVisible();
  await expect(alex.room('General')).not.toContainText('unread');

  const look = (here: boolean) =>
    alex.page.evaluate((has) => {
      document.hasFocus = () => has;
      window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    }, here);
  await look(false);
  await voices.say('Pat', ['unseen']);
  await expect(alex.message('unseen')).toBeVisible();
  await expect(alex.room('General')).toContainText('1 unread');
  await expect(alex.log.getByText('New messages')).toBeVisible();
  await expect(alex.page).toHaveTitle(/^\(1\)/);
  await look(true);
  await expect(alex.room('General')).not.toContainText('unread');
});

test('a room is marked as read with Escape, and all of them with Shift+Escape', async ({
  alex,
  voices,
}) => {
  await alex.signIn('Tech');
  await alex.enter('General');
  await alex.page.getByRole('button', { name: 'Join General' }).click();
  await voices.say('Kim', numbered(1, 60));
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.scrollTo(100);
  await voices.say('Pat', ['one', 'two']);
  await voices.say('Kai', ['elsewhere'], 'tech');
  await expect(alex.room('General')).toContainText('2 unread');
  await expect(alex.room('Tech')).toContainText('1 unread');
  await alex.page.keyboard.press('Escape');
  await expect(alex.room('General')).not.toContainText('unread');
  await expect(alex.room('Tech')).toContainText('1 unread');
  await alex.page.keyboard.press('Shift+Escape');
  await expect(alex.room('Tech')).not.toContainText('unread');
});

test('a room is found however many there are', async ({ alex, voices }) => {
  const titles = (word: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${word} ${String(index + 1).padStart(2, '0')}`);
  await voices.createRooms('Kim', titles('Attic', 90));
  await voices.createRooms('Pat', titles('Zoo', 30));
  await alex.signIn('General');
  await expect(alex.room('Tech')).toBeVisible();
  await expect(alex.room('Random')).toBeVisible();

  const dialog = alex.page.getByRole('dialog');
  const join = (title: string) => dialog.getByRole('button', { name: `Join ${title}` });
  await alex.page.getByRole('button', { name: 'Browse all' }).click();
  await expect(dialog.getByRole('button', { name: 'Open General' })).toBeVisible();
  await expect(join('Zoo 30')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Show more' }).click();
  await expect(join('Zoo 30')).toBeAttached();
  await expect(dialog.getByRole('button', { name: 'Show more' })).toHaveCount(0);

  await dialog.getByLabel('Search rooms').fill('zÖO 29');
  await expect(join('Zoo 30')).toHaveCount(0);
  await join('Zoo 29').click();
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('Zoo 29');
});
