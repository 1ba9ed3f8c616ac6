import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

/** A name is looked up among the people whom one sees. */
async function sees(person: Person, other: Person): Promise<void> {
  const people = person.page.getByRole('complementary').getByRole('listitem');
  await expect(people.filter({ hasText: other.name })).toBeVisible();
}

test('whoever is mentioned sees it in the list of rooms and in the text, under the name of now', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await sees(alex, sam);
  await sam.enter('Tech');
  await alex.say('hello all');
  const general = sam.page.locator('[data-room="1"]');
  await expect(general.locator('.badge')).toHaveText(/^1/);
  await expect(general.locator('.badge')).not.toHaveClass(/calls/);

  await alex.composer.pressSequentially('@sa');
  await alex.composer.press('Tab');
  await alex.composer.pressSequentially('are you there?');
  await alex.composer.press('Enter');
  await expect(general.locator('.badge')).toHaveClass(/calls/);
  await expect(general.locator('.badge')).toContainText('@1');
  expect(await seriousProblems(sam.page)).toEqual([]);

  // It stands there after a reload, and is gone when it was read.
  await sam.page.reload();
  await expect(general.locator('.badge')).toContainText('@1');
  await sam.enter('General');
  await expect(general.locator('.badge')).toHaveCount(0);
  const message = sam.bubbles.filter({ hasText: 'are you there?' });
  await expect(message.locator('.mentioned')).toHaveText(`@${sam.name}`);
  expect(await seriousProblems(sam.page)).toEqual([]);

  await sam.say('/nick Samira');
  for (const person of [alex, sam]) {
    const shown = person.bubbles.filter({ hasText: 'are you there?' });
    await expect(shown.locator('.mentioned')).toHaveText('@Samira');
  }
});

test('an edit takes a mention back', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await sees(alex, sam);
  await sam.enter('Tech');
  await alex.say(`@${sam.name} look`);
  const badge = sam.page.locator('[data-room="1"] .badge');
  await expect(badge).toHaveClass(/calls/);
  await expect(
    alex.bubbles.filter({ hasText: 'look' }).locator('a.permalink').first(),
  ).toBeAttached();
  await alex.composer.press('ArrowUp');
  const field = alex.page.getByRole('textbox', { name: 'Text of the message' });
  await expect(field).toHaveValue(`@${sam.name} look`);
  await field.fill('look');
  await field.press('Enter');
  await expect(badge).not.toHaveClass(/calls/);
  await expect(badge).toHaveText(/^1/);
});

test('all of a room are called at once, and whoever calls many is asked first', async ({
  alex,
  sam,
  voices,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Crew');
  await sam.enter('Crew');
  await sam.page.getByRole('button', { name: 'Join Crew' }).click();
  await expect(sam.composer).toBeVisible();
  await sam.enter('General');
  await alex.composer.pressSequentially('@ro');
  await alex.composer.press('Tab');
  await alex.composer.pressSequentially('lunch');
  await alex.composer.press('Enter');
  const badge = sam.page
    .getByRole('navigation')
    .getByRole('link', { name: 'Crew' })
    .locator('.badge');
  await expect(badge).toHaveClass(/calls/);
  await sam.enter('Crew');
  await expect(sam.bubbles.filter({ hasText: 'lunch' }).locator('.mentioned')).toHaveText('@room');

  for (let number = 0; number < 10; number += 1) {
    await voices.say(`Hand ${number} of ${alex.name}`, [`here I am ${number}`], 'crew');
  }
  await expect(alex.message('here I am 9')).toBeVisible();
  await alex.composer.fill('@here the ship sinks');
  await alex.composer.press('Enter');
  const question = alex.page.getByRole('dialog', { name: 'Call all of them?' });
  await expect(question).toContainText('11 people');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.keyboard.press('Escape');
  await expect(alex.composer).toHaveValue('@here the ship sinks');
  await alex.composer.press('Enter');
  await question.getByRole('button', { name: 'Send it' }).click();
  await expect(sam.bubbles.filter({ hasText: 'the ship sinks' }).locator('.mentioned')).toHaveText(
    '@here',
  );
  await expect(alex.composer).toHaveValue('');
});
