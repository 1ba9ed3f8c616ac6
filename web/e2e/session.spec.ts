import { expect, test } from './fixtures/test';

test('a name that is taken or bad is told at its field', async ({ alex, person }) => {
  await alex.signIn();
  const other = await person('alex');
  await other.open();
  const field = other.page.getByLabel('Your name');
  await field.fill('[x]');
  await field.press('Enter');
  await expect(other.page.getByRole('alert')).toContainText('letters, digits, emoji');
  await field.fill('alex');
  await field.press('Enter');
  await expect(other.page.getByRole('alert')).toBeVisible();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('alex');
});

test('a session that ended elsewhere is told as such, and the address is kept', async ({
  alex,
}) => {
  await alex.signIn('Tech');
  await alex.say('hello');
  await expect(alex.message('hello')).toBeVisible();
  // Shown at once, but what is not sent yet ends with the session.
  await expect.poll(() => alex.deliveries()).toEqual([]);
  const token = await alex.token();
  await alex.page.request.delete(`${alex.line.url}/api/session`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await expect(alex.page.getByRole('alert')).toHaveText('You signed out in another window.');
  await expect(alex.page).toHaveURL(/\/rooms\/tech$/);
  await alex.fillIn();
  await expect(alex.message('hello')).toBeVisible();
});

test('a reload asks for the room on show together with the hello', async ({ alex, voices }) => {
  await voices.say('Kim', ['said before']);
  await alex.signIn();
  await expect(alex.message('said before')).toBeVisible();
  const asked: { type: string; room?: string; rooms?: Record<string, number> }[] = [];
  alex.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => asked.push(JSON.parse(String(payload))));
  });
  await alex.page.reload();
  await expect(alex.message('said before')).toBeVisible();
  await expect(alex.page.getByRole('complementary').getByText('Kim')).toBeVisible();
  await alex.say('said after');
  // Shown at once, and sent a moment later.
  await expect.poll(() => alex.deliveries()).toEqual([]);
  expect(asked[0]).toMatchObject({ type: 'hello', rooms: { 1: -1 } });
  const types = asked.map(({ type }) => type);
  expect(types).toContain('send');
  expect(types).not.toContain('join');
});

test('an expired session is not taken for a lost line', async ({ alex }) => {
  await alex.signIn();
  await alex.context.clearCookies();
  await alex.page.reload();
  await expect(alex.page.getByRole('alert')).toHaveText('Your session has ended. Sign in again.');
  await expect(alex.page.getByText(/^Reconnecting/)).toBeHidden();
});

test('what scripts can read in a browser signs nobody in', async ({ alex, person }) => {
  await alex.signIn();
  const kept = await alex.page.evaluate(() => ({ ...localStorage }));
  expect(await alex.page.evaluate(() => document.cookie)).toBe('');
  const thief = await person('Thief');
  await thief.open();
  await thief.page.evaluate((values) => {
    for (const [key, value] of Object.entries(values)) {
      localStorage.setItem(key, value);
    }
  }, kept);
  await thief.page.reload();
  await expect(thief.page.getByRole('alert')).toHaveText('Your session has ended. Sign in again.');
});

test('a session of a version before is dropped without a word', async ({ alex }) => {
  await alex.open();
  await alex.page.evaluate(() => {
    const user = { userId: 1, name: 'Alex', kind: 'guest' };
    localStorage.setItem('chinwag.session', JSON.stringify({ token: 'cw_old', user }));
  });
  await alex.page.reload();
  await expect(alex.page.getByLabel('Your name')).toBeVisible();
  await expect(alex.page.getByRole('alert')).toHaveCount(0);
});

test('signing out asks first, and leaves nothing to the next person', async ({ alex }) => {
  await alex.signIn();
  await alex.composer.fill('a secret draft');
  await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
  await alex.page.getByRole('button', { name: 'Sign out' }).click();
  await alex.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  const field = alex.page.getByLabel('Your name');
  await field.fill('Sam');
  await field.press('Enter');
  await expect(alex.composer).toHaveValue('');
});
