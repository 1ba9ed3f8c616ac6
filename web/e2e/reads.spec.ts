import { expect, test } from './fixtures/test';

/** Names stand between marks that keep their direction apart. */
const seenBy = (name: string) => new RegExp(`^Seen by .${name}.$`);

test('under the last own message stands who has read it', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Crew');
  await sam.enter('Crew');
  await sam.page.getByRole('button', { name: 'Join Crew' }).click();
  await expect(sam.composer).toBeVisible();
  await alex.say('who reads this?');
  await expect(sam.message('who reads this?')).toBeVisible();
  await expect(alex.page.getByText(seenBy(sam.name))).toBeVisible();
  await expect(sam.page.getByText('Seen by')).toHaveCount(0);

  // It stands there after a reload, and goes when the other one writes.
  await alex.page.reload();
  await expect(alex.page.getByText(seenBy(sam.name))).toBeVisible();
  await sam.say('I do');
  await expect(alex.message('I do')).toBeVisible();
  await expect(alex.page.getByText('Seen by')).toHaveCount(0);
  await expect(sam.page.getByText(seenBy(alex.name))).toBeVisible();
});
