import type { Locator } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

/** What can be done about somebody, from the list of those who are in the room. */
async function chooseFor(person: Person, name: string, item: string): Promise<Locator> {
  await person.page.getByRole('button', { name: 'More about Coffee' }).click();
  await person.page.getByRole('menuitem', { name: 'People and roles…' }).click();
  await person.page.getByRole('button', { name: `More about ${name}` }).press('Enter');
  await person.page.getByRole('menuitem', { name: item }).press('Enter');
  return person.page.getByRole('dialog').last();
}

/** Sam is in a room that Alex made. */
test.beforeEach(async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee');
  await sam.enter('Coffee');
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.composer).toBeVisible();
});

test('somebody is muted for a time with a reason, and let write again', async ({ alex, sam }) => {
  await sam.composer.fill('on my tongue');
  const dialog = await chooseFor(alex, 'Sam', 'Mute or unmute…');
  await expect(dialog.getByRole('heading', { name: 'Mute Sam in Coffee?' })).toBeVisible();
  await dialog.getByLabel('For how long?').selectOption('1 day');
  await dialog.getByLabel('Why?').fill('Too loud');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await dialog.getByLabel('Why?').press('Enter');
  await expect(sam.log.getByText(/^Alex muted Sam in this room until .*: Too loud$/)).toBeVisible();
  await expect(sam.page.getByText(/^You are muted here until /)).toBeVisible();
  await expect(sam.composer).toHaveCount(0);
  // The list is there still, and the focus where it was.
  await expect(alex.page.getByRole('button', { name: 'More about Sam' })).toBeFocused();
  await alex.page.keyboard.press('Escape');

  await chooseFor(alex, 'Sam', 'Mute or unmute…');
  await dialog.getByLabel('For how long?').selectOption('No longer: may write again');
  await expect(dialog.getByLabel('Why?')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Let write again' }).click();
  await expect(sam.log.getByText('Alex lets Sam write again')).toBeVisible();
  await expect(sam.composer).toHaveValue('on my tongue');
});

test('what somebody wrote is deleted for everybody', async ({ alex, sam }) => {
  await sam.say('buy my watches');
  await sam.say('buy more watches');
  await expect(alex.message('buy more watches')).toBeVisible();
  const dialog = await chooseFor(alex, 'Sam', 'Delete messages…');
  await expect(
    dialog.getByRole('heading', { name: 'Delete what Sam wrote in Coffee?' }),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete messages' }).click();
  await expect(sam.log.getByText('This message was deleted.')).toHaveCount(2);
  await alex.page.keyboard.press('Escape');
  await expect(alex.log.getByText('This message was deleted.')).toHaveCount(2);
});

test('somebody is banned on a phone, stands in the list of bans, and comes back when that ends', async ({
  alex,
  sam,
}) => {
  await sam.say('buy my watches');
  await alex.page.setViewportSize({ width: 390, height: 844 });
  await alex.message('buy my watches').getByRole('button', { name: 'Sam' }).first().click();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Ban…' }).click();
  const dialog = alex.page.getByRole('dialog', { name: 'Ban Sam from Coffee?' });
  await dialog.getByLabel('For how long?').selectOption('For ever');
  await dialog.getByLabel('Why?').fill('Advertising');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(alex.log.getByText('Alex banned Sam from this room: Advertising')).toBeVisible();
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.page.getByRole('alert')).toBeVisible();

  await alex.choose('Coffee', 'Settings…');
  await alex.page.getByRole('tab', { name: 'Bans' }).click();
  const ban = alex.page.getByRole('listitem').filter({ hasText: 'Advertising' });
  await expect(ban).toContainText('By Alex · for ever');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await ban.getByRole('button', { name: 'End the ban of Sam' }).click();
  await expect(alex.page.getByText('Nobody is banned here')).toBeVisible();
  await sam.page.getByRole('button', { name: 'Join Coffee' }).click();
  await expect(sam.composer).toBeVisible();
});

test('somebody is removed with a reason, which the log tells', async ({ alex, sam }) => {
  const dialog = await chooseFor(alex, 'Sam', 'Remove…');
  await dialog.getByLabel('Why?').fill('Come back tomorrow');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(alex.page.getByRole('button', { name: 'More about Sam' })).toHaveCount(0);
  await alex.page.keyboard.press('Escape');
  await expect(alex.log.getByText('Alex removed Sam: Come back tomorrow')).toBeVisible();
  await expect(sam.page.getByRole('button', { name: 'Join Coffee' })).toBeVisible();
});

test('a moderator finds how fast people write and who is banned in the settings', async ({
  alex,
  sam,
}) => {
  await alex.page.getByRole('button', { name: 'More about Coffee' }).click();
  await alex.page.getByRole('menuitem', { name: 'People and roles…' }).click();
  await alex.page.getByRole('combobox', { name: 'Role of Sam' }).selectOption('moderator');
  await expect(sam.log.getByText('Alex made Sam a moderator of this room')).toBeVisible();
  await sam.choose('Coffee', 'Settings…');
  await expect(sam.page.getByRole('tab')).toHaveText(['Rules', 'Bans']);
  await sam.page.getByLabel('Slow mode').selectOption('10 s');
  await sam.page.getByRole('button', { name: 'Save' }).click();
  await expect(sam.log.getByText('Sam changed this room: Coffee')).toBeVisible();
});

test('a message of somebody else is reported by the keyboard, with a reason', async ({
  alex,
  sam,
}) => {
  await sam.say('buy my watches');
  const link = alex.message('buy my watches').locator('a.permalink');
  await link.focus();
  await link.press('Shift+F10');
  await alex.page.getByRole('menuitem', { name: 'Report…' }).press('Enter');
  const reason = alex.page.getByLabel('What is wrong with it?');
  await expect(reason).toBeFocused();
  await reason.press('Enter');
  await expect(alex.page.getByRole('alert')).toHaveText('Say in a few words what is wrong.');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await reason.fill('Advertising');
  await reason.press('Enter');
  await expect(alex.page.getByText('It is reported.')).toBeFocused();
  await alex.page.keyboard.press('Escape');
  await expect(link).toBeFocused();
  await alex.say('mine');
  await alex.openMenu('mine');
  await expect(alex.page.getByRole('menuitem', { name: 'Report…' })).toHaveCount(0);
});
