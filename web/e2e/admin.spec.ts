import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';

// Alex owns the server, by the link that it says at its first start.
test.beforeEach(async ({ alex, server }) => {
  await alex.open(`/${await server.ownersInvitation()}`);
  await alex.register(PASSWORD);
});

test('who owns the server reads what was reported, goes to the message, and handles it', async ({
  alex,
  sam,
  person,
}) => {
  const kim = await person('Kim');
  await sam.signIn();
  await kim.signIn();
  await alex.enter('General');
  await kim.say('buy my watches');
  await sam.openMenu('buy my watches');
  await sam.page.getByRole('menuitem', { name: 'Report…' }).click();
  await sam.page.getByLabel('What is wrong with it?').fill('Advertising');
  await sam.page.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(sam.page.getByText('It is reported.')).toBeVisible();

  await alex.chooseOwn('Administration…');
  const page = alex.page;
  const report = page.getByRole('listitem').filter({ hasText: 'Advertising' });
  await expect(report).toContainText('Reported by Sam');
  await expect(report).toContainText('Kim wrote');
  await expect(report).toContainText('buy my watches');
  expect(await seriousProblems(page)).toEqual([]);
  await report.getByRole('link', { name: 'To the message' }).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/[/]rooms[/]general[/]\d+$/);
  await expect(alex.message('buy my watches')).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Back to the rooms' }).click();
  await alex.chooseOwn('Administration…');
  await report.getByRole('button', { name: 'Mark as handled' }).click();
  await expect(page.getByText('No report is open')).toBeVisible();
  await page.getByRole('radio', { name: 'All' }).check({ force: true });
  await expect(report).toContainText('Handled by Alex');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Audit' }).click();
  await expect(page.getByText('Alex handled a report')).toBeVisible();
});

test('the audit says who did what to whom, where and why', async ({ alex, sam }) => {
  await sam.signIn();
  await alex.createRoom('Coffee');
  await sam.enter('Coffee');
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await alex.page.getByRole('button', { name: 'More about Coffee' }).click();
  await alex.page.getByRole('menuitem', { name: 'People and roles…' }).click();
  await alex.page.getByRole('button', { name: 'More about Sam' }).click();
  await alex.page.getByRole('menuitem', { name: 'Ban…' }).click();
  const dialog = alex.page.getByRole('dialog', { name: 'Ban Sam from Coffee?' });
  await dialog.getByLabel('Why?').fill('Too loud');
  await dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await alex.page.keyboard.press('Escape');

  await alex.chooseOwn('Administration…');
  await expect(alex.page.getByText('Nobody has reported anything')).toBeVisible();
  await alex.page.getByRole('tab', { name: 'Audit' }).click();
  const entry = alex.page.getByRole('listitem').filter({ hasText: 'Alex banned Sam' });
  await expect(entry).toContainText('in #coffee');
  await expect(entry).toContainText('“Too loud”');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('tab', { name: 'Invitations' }).click();
  await alex.page.getByRole('button', { name: 'Invite people…' }).click();
  await expect(alex.page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
});

test('who owns the server says in which rooms everybody begins', async ({ alex, sam }) => {
  await alex.chooseOwn('Administration…');
  await alex.page.getByRole('tab', { name: 'First rooms' }).click();
  const first = alex.page.getByRole('list', { name: 'First rooms' }).getByRole('listitem');
  await alex.page.getByLabel('Find another room').fill('tech');
  await alex.page.getByRole('button', { name: 'Have everybody begin in Tech' }).click();
  await expect(first.filter({ hasText: 'Tech' })).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await sam.signIn('Random');
  const own = sam.page.getByRole('navigation', { name: 'Rooms' }).getByRole('list').first();
  await expect(own.getByRole('link')).toHaveText([/Random/, /Tech/]);
  await alex.page.getByRole('button', { name: 'Have nobody begin in Tech' }).click();
  await expect(first.filter({ hasText: 'Tech' })).toHaveCount(0);
});

test('whoever keeps no order on the server has no such page', async ({ sam }) => {
  await sam.signIn();
  await sam.page.getByRole('button', { name: 'Account of Sam' }).click();
  await expect(sam.page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(sam.page.getByRole('button', { name: 'Administration…' })).toHaveCount(0);
});

test('who owns the server finds an account, and says what it is', async ({ alex, person }) => {
  const kim = await person('Kim');
  await kim.open();
  await kim.register(PASSWORD);
  await alex.chooseOwn('Administration…');
  await alex.page.getByRole('tab', { name: 'Accounts' }).click();
  const rows = alex.page.getByRole('list', { name: 'Accounts' }).getByRole('listitem');
  await expect(rows).toHaveText([/Alex/, /Kim/]);
  await alex.page.getByLabel('Search accounts').fill('kim');
  await expect(rows).toHaveText([/Kim/]);
  expect(await seriousProblems(alex.page)).toEqual([]);
  const role = alex.page.getByRole('combobox', { name: 'What Kim is on this server' });
  await role.selectOption('Moderator');
  await expect(alex.page.getByText('Saved: Kim has the new role.')).toBeVisible();
  await kim.page.reload();
  await kim.chooseOwn('Administration…');
  await expect(kim.page.getByRole('tab')).toHaveText(['Reports', 'Bans', 'Invitations']);
  await alex.page.getByRole('tab', { name: 'Audit' }).click();
  await expect(alex.page.getByText('Alex changed what Kim is on this server')).toBeVisible();
});

test('who is banned from the server is signed out and does not come back in this browser', async ({
  alex,
  sam,
}) => {
  await sam.signIn();
  await alex.enter('General');
  await sam.say('buy my watches');
  await alex.message('buy my watches').getByRole('button', { name: sam.name }).first().click();
  const page = alex.page;
  await page.getByRole('button', { name: 'Ban from the server…' }).click();
  await page.getByLabel('Why? (optional)').fill('Spam');
  await page.getByLabel('For how long?').selectOption('For ever');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ban from the server', exact: true }).click();
  await expect(sam.page.getByRole('heading', { name: 'Welcome to Chinwag' })).toBeVisible();
  await sam.page.getByLabel('Your name').fill('Another');
  await sam.page.getByLabel('Your name').press('Enter');
  await expect(sam.page.getByText('You are banned from this server: Spam.')).toBeVisible();

  await alex.chooseOwn('Administration…');
  await page.getByRole('tab', { name: 'Bans' }).click();
  await page.getByRole('button', { name: `End the ban of ${sam.name}` }).click();
  await expect(page.getByText('Nobody is banned from the server')).toBeVisible();
  await sam.page.getByLabel('Your name').press('Enter');
  await expect(sam.composer).toBeVisible();

  for (const [tab, shown] of [
    ['Rooms', 'Public rooms, and the private ones that you are in.'],
    ['Settings', 'Guests come in by a name alone'],
  ] as const) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expect(page.getByText(shown)).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);
  }
});

test('a group is made, and whoever is in it is called by its name', async ({ alex, sam }) => {
  await sam.open();
  await sam.register(PASSWORD);
  await sam.enter('Tech');
  await alex.chooseOwn('Administration…');
  const { page } = alex;
  await page.getByRole('tab', { name: 'Groups' }).click();
  await expect(page.getByText('There are no groups yet')).toBeVisible();
  await page.getByLabel('Name of a new group').fill('a b');
  await page.getByRole('button', { name: 'Make group' }).click();
  await expect(page.getByRole('alert')).toContainText('letters, digits');
  await page.getByLabel('Name of a new group').fill('Design');
  await page.getByRole('button', { name: 'Make group' }).click();
  await page.getByRole('button', { name: 'Who is in design' }).click();
  await expect(page.getByText('Nobody is in this group yet')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /^Add .*Sam/ }).click();
  await expect(page.getByRole('button', { name: /^Remove .*Sam/ })).toBeVisible();
  await page.getByRole('button', { name: 'All groups' }).click();
  await expect(page.getByText('One person')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await alex.enter('General');
  await alex.composer.pressSequentially('@desi');
  await expect(page.getByRole('option', { name: /@design/ })).toContainText('Group of one');
  await alex.composer.press('Tab');
  await alex.composer.pressSequentially('look at this');
  await alex.composer.press('Enter');
  await expect(sam.page.locator('[data-room="1"] .badge')).toHaveClass(/calls/);
  await sam.enter('General');
  const mention = sam.bubbles.filter({ hasText: 'look at this' }).locator('.mentioned');
  await expect(mention).toHaveText('@design');
  await expect(mention).toHaveClass(/own/);
  await expect(
    alex.bubbles.filter({ hasText: 'look at this' }).locator('.mentioned'),
  ).not.toHaveClass(/own/);
});
