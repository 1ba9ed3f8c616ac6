import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';

/** Makes an invitation to a room, and answers what stands behind the address of the page. */
async function invite(by: Person, room: string): Promise<string> {
  await by.chooseOwn('Invite people…');
  await by.page.getByRole('checkbox', { name: room }).check();
  expect(await seriousProblems(by.page)).toEqual([]);
  await by.page.getByRole('button', { name: 'Create link' }).click();
  await expect(by.page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const address = await by.page.getByLabel('Address of the invitation').inputValue();
  await by.page.keyboard.press('Escape');
  return new URL(address).hash;
}

// Alex owns the server, by the link that it says at its first start.
test.beforeEach(async ({ alex, server }) => {
  await alex.open(`/${await server.ownersInvitation()}`);
  await expect(alex.page.getByText('You will be the owner of this server.')).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.register(PASSWORD);
  await alex.createRoom('Coffee');
});

test('somebody new comes by an invitation, right into the room', async ({ alex, person }) => {
  const hash = await invite(alex, 'Coffee');
  const kim = await person('Kim');
  await kim.open(`/${hash}`);
  await expect(kim.page.getByRole('heading', { name: 'Alex invites you' })).toBeVisible();
  await expect(kim.page.getByText('to Coffee.')).toBeVisible();
  expect(await seriousProblems(kim.page)).toEqual([]);
  await kim.register(PASSWORD);
  await expect(kim.room('Coffee')).toBeVisible();
  expect(new URL(kim.page.url()).hash).toBe('');
  await kim.enter('Coffee');
  await kim.say('Hello');
  await expect(alex.message('Hello')).toContainText('Kim');
});

test('a guest comes by an invitation with a name alone', async ({ alex, person }) => {
  const hash = await invite(alex, 'Coffee');
  const kim = await person('Kim');
  await kim.open(`/${hash}`);
  await kim.page.getByRole('tab', { name: 'As a guest' }).click();
  await expect(kim.page.getByRole('radio')).toHaveCount(0);
  await kim.page.getByLabel('Your name').fill('Kim');
  await kim.page.getByLabel('Your name').press('Enter');
  await expect(kim.room('Coffee')).toBeVisible();
});

test('whoever is here already joins, or does not', async ({ alex, sam }) => {
  const hash = await invite(alex, 'Coffee');
  await sam.signIn();
  await sam.open(`/rooms/general${hash}`);
  const dialog = sam.page.getByRole('dialog', { name: 'Alex invites you' });
  await dialog.getByRole('button', { name: 'Not now' }).click();
  await expect(sam.page).toHaveURL(/\/rooms\/general$/);
  await sam.open(`/rooms/general${hash}`);
  await expect(dialog).toContainText('You join Coffee.');
  expect(await seriousProblems(sam.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await sam.enter('Coffee');
  await sam.say('Hello');
  await expect(alex.message('Hello')).toBeVisible();
});

test('an invitation that is withdrawn lets nobody in', async ({ alex, person }) => {
  const hash = await invite(alex, 'Coffee');
  await alex.chooseOwn('Invite people…');
  const open = alex.page.getByRole('listitem').filter({ hasText: '0 of 25 used' });
  await open.getByRole('button', { name: 'Withdraw' }).click();
  await expect(open).toHaveCount(0);
  const kim = await person('Kim');
  await kim.open(`/${hash}`);
  await expect(kim.page.getByRole('alert')).toContainText('used up or withdrawn');
  await expect(kim.page.getByLabel('Your name')).toBeVisible();
});

test('an invitation is undone while somebody who came by it is typing', async ({
  alex,
  person,
}) => {
  const hash = await invite(alex, 'Coffee');
  const kim = await person('Kim');
  await kim.open(`/${hash}`);
  await kim.register(PASSWORD);
  await kim.enter('Coffee');
  await alex.enter('Coffee');
  await kim.composer.pressSequentially('I was just ab');
  await expect(alex.page.getByText('Kim is typing')).toBeVisible();
  await alex.chooseOwn('Invite people…');
  const used = alex.page.getByRole('listitem').filter({ hasText: '1 of 25 used' });
  await used.getByRole('button', { name: 'Undo…' }).click();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Remove them' }).click();
  await expect(kim.page.getByRole('heading', { name: 'Welcome to Chinwag' })).toBeVisible();
  await expect(kim.page.getByRole('alert')).toBeVisible();
  await alex.page.keyboard.press('Escape');
  await expect(alex.page.getByText('Kim is typing')).toHaveCount(0);
  await kim.enterWith(PASSWORD);
  await expect(kim.page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
});

test('people of a room are invited from its own dialog', async ({ alex }) => {
  await alex.page.getByRole('button', { name: 'More about Coffee' }).click();
  await alex.page.getByRole('menuitem', { name: 'People and roles…' }).click();
  await alex.page.getByRole('button', { name: 'Invite people…' }).click();
  await expect(alex.page.getByRole('checkbox', { name: 'Coffee' })).toBeChecked();
  await expect(alex.page.getByRole('dialog')).toHaveCount(1);
});
