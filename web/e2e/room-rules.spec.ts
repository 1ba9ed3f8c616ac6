import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

/** Opens what says how a room is kept. */
async function openRules(person: Person, title: string): Promise<void> {
  await person.choose(title, 'Settings…');
  await person.page.getByRole('tab', { name: 'Rules' }).click();
}

async function save(person: Person): Promise<void> {
  await person.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(person.page.getByRole('dialog')).toHaveCount(0);
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

test('a room becomes private, and a public one again that begins anew for others', async ({
  alex,
  sam,
  person,
}) => {
  await alex.say('among us');
  await openRules(alex, 'Coffee');
  const page = alex.page;
  await page.getByLabel('Who finds the room?').selectOption('Only those who are in it');
  await expect(page.getByText('Nobody who is not in the room will see it')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await save(alex);
  await expect(sam.page.getByText('Private room')).toBeVisible();
  const kim = await person('Kim');
  await kim.signIn();
  await expect(kim.room('Tech')).toBeVisible();
  await expect(kim.room('Coffee')).toHaveCount(0);

  await openRules(alex, 'Coffee');
  await page.getByLabel('Who finds the room?').selectOption('Everybody');
  await expect(page.getByText('stays with those who are in it')).toBeVisible();
  await save(alex);
  await kim.enter('Coffee');
  await kim.page.getByRole('button', { name: 'Join Coffee' }).click();
  await alex.say('for all');
  await expect(kim.message('for all')).toBeVisible();
  await expect(kim.message('among us')).toHaveCount(0);
  await expect(sam.message('among us')).toBeVisible();
});

test('newcomers read what is said after they came, where the room says so', async ({
  alex,
  person,
}) => {
  await alex.say('before');
  await openRules(alex, 'Coffee');
  await alex.page
    .getByLabel('What do newcomers read?')
    .selectOption('What is said after they came');
  await save(alex);
  const kim = await person('Kim');
  await kim.signIn();
  await kim.enter('Coffee');
  await kim.page.getByRole('button', { name: 'Join Coffee' }).click();
  await alex.say('after');
  await expect(kim.message('after')).toBeVisible();
  await expect(kim.message('before')).toHaveCount(0);
});

test('only moderators write where the room says so, and what others began stays', async ({
  alex,
  sam,
}) => {
  await sam.composer.fill('half a sentence');
  await openRules(alex, 'Coffee');
  await alex.page.getByLabel('Who writes?').selectOption('Moderators and owners');
  await save(alex);
  await expect(sam.page.getByText('Only moderators write here.')).toBeVisible();
  await expect(sam.composer).toHaveCount(0);
  expect(await seriousProblems(sam.page)).toEqual([]);
  await alex.say('from above');
  await expect(sam.message('from above')).toBeVisible();
  await openRules(alex, 'Coffee');
  await alex.page.getByLabel('Who writes?').selectOption('Everybody who is in the room');
  await save(alex);
  await expect(sam.composer).toHaveValue('half a sentence');
});

test('slow mode counts down, and keeps the text until it may be sent', async ({ alex, sam }) => {
  await openRules(alex, 'Coffee');
  await alex.page.getByLabel('Slow mode').selectOption('5 s');
  await save(alex);
  await expect(sam.page.getByText('Slow mode: one message every 5 s.')).toBeVisible();
  await sam.say('one');
  await expect(sam.page.getByRole('timer')).toHaveText(/next message in [1-5] s$/);
  await sam.say('two');
  await expect(sam.composer).toHaveValue('two');
  await expect(sam.page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  expect(await seriousProblems(sam.page)).toEqual([]);
  await expect(sam.page.getByRole('timer')).toHaveCount(0, { timeout: 10_000 });
  await sam.composer.press('Enter');
  await expect(alex.message('two')).toBeVisible();
  // Whoever keeps order waits for nothing.
  await expect(alex.page.getByText('Slow mode:')).toHaveCount(0);
});

test('what was written in slow mode without a connection is sent one after the other', async ({
  alex,
  sam,
}) => {
  sam.line.cut();
  await sam.say('one');
  await sam.say('two');
  await openRules(alex, 'Coffee');
  await alex.page.getByLabel('Slow mode').selectOption('5 s');
  await save(alex);
  await sam.comeBack();
  await expect(alex.message('one')).toBeVisible();
  await expect(sam.page.getByRole('timer')).toBeVisible();
  await expect(alex.message('two')).toBeVisible({ timeout: 10_000 });
});

test('an archived room is read by a phone, and opened again', async ({ alex, sam }) => {
  await alex.page.setViewportSize({ width: 390, height: 844 });
  await alex.say('for later');
  await openRules(alex, 'Coffee');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Archive room' }).click();
  for (const { page, composer } of [alex, sam]) {
    await expect(page.getByText('This room is archived.')).toBeVisible();
    await expect(composer).toHaveCount(0);
  }
  await expect(sam.message('for later')).toBeVisible();
  await alex.choose('Coffee', 'Settings…');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Open it again' }).click();
  await expect(sam.composer).toBeVisible();
});
