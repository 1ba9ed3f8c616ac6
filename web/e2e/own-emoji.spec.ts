import type { Locator, Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';

/** Gives the server an emoji whose picture has one colour. */
async function give(page: Page, name: string, colour: string): Promise<void> {
  const bytes = await page.evaluate(async (colour) => {
    const canvas = new OffscreenCanvas(300, 200);
    const pen = canvas.getContext('2d');
    if (pen === null) {
      throw new Error('there is nothing to draw with');
    }
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 300, 200);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  await page.getByLabel('Name of a new emoji').fill(name);
  const files = { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
  await page.getByLabel('Picture of the emoji').setInputFiles(files);
}

/** Whether a picture is there and not only its name. */
function isSeen(picture: Locator): Promise<boolean> {
  return picture.evaluate(
    (image: HTMLImageElement) => image.complete && image.naturalWidth === 128,
  );
}

function emojiIn(person: Person, row: Locator): Locator {
  return row.getByRole('img', { name: ':party:' }).and(person.page.locator('.own-emoji'));
}

test('an emoji of the server is written, picked, reacted with, and goes back to its name', async ({
  alex,
  sam,
  server,
}) => {
  await alex.open(`/${await server.ownersInvitation()}`);
  await alex.register(PASSWORD);
  await sam.signIn();
  await alex.enter('General');
  await sam.say('it is done :party:');
  const row = alex.bubbles.filter({ hasText: 'it is done' });
  await expect(row).toContainText(':party:');

  await alex.chooseOwn('Administration…');
  await alex.page.getByRole('tab', { name: 'Emoji' }).click();
  await give(alex.page, 'smile', 'red');
  await expect(alex.page.getByRole('alert')).toContainText('Another emoji has this name');
  await give(alex.page, 'party', 'red');
  const listed = alex.page.getByRole('list', { name: 'Emoji' }).getByRole('listitem');
  await expect(listed).toHaveText([/:party:/]);
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.keyboard.press('Escape');

  // Everybody sees it at once, in what was said before as well.
  for (const person of [alex, sam]) {
    const said = person.bubbles.filter({ hasText: 'it is done' });
    await expect.poll(() => isSeen(emojiIn(person, said))).toBe(true);
  }

  // It is completed by its first letters, and found in the picker.
  await sam.composer.fill('');
  await sam.composer.pressSequentially('well :pa');
  await sam.page.keyboard.press('Tab');
  await expect(sam.composer).toHaveValue('well :party: ');
  await sam.page.getByRole('button', { name: 'Emoji' }).click();
  const picker = sam.page.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('button', { name: 'This server' }).click();
  await picker.getByRole('button', { name: ':party:' }).click();
  await expect(sam.composer).toHaveValue('well :party: :party:');
  await sam.composer.press('Enter');
  const second = alex.bubbles.filter({ hasText: 'well' });
  await expect(emojiIn(alex, second)).toHaveCount(2);

  await row.locator('.bubble').click({ button: 'right' });
  await alex.page.getByRole('menuitem', { name: 'React…' }).click();
  const all = alex.page.getByRole('dialog', { name: 'React' });
  await all.getByRole('searchbox').fill('party');
  await all.getByRole('button', { name: ':party:' }).click();
  const chip = sam.bubbles
    .filter({ hasText: 'it is done' })
    .getByRole('button', { name: 'Alex reacted with :party:' });
  await expect.poll(() => isSeen(chip.locator('img'))).toBe(true);
  await chip.click();
  await expect(
    chip.or(sam.page.getByRole('button', { name: /^You and Alex reacted/ })),
  ).toContainText('2');
  expect(await seriousProblems(sam.page)).toEqual([]);

  await alex.chooseOwn('Administration…');
  await alex.page.getByRole('tab', { name: 'Emoji' }).click();
  await alex.page.getByRole('button', { name: 'Remove the emoji party' }).click();
  await expect(alex.page.getByText('This server has no emoji of its own yet')).toBeVisible();
  const said = sam.bubbles.filter({ hasText: 'it is done' });
  await expect(said.locator('.own-emoji')).toHaveCount(0);
  await expect(said.getByRole('button', { name: /reacted with :party:/ })).toContainText(':party:');
  await alex.page.getByRole('tab', { name: 'Audit' }).click();
  await expect(alex.page.getByText('Alex removed an emoji')).toBeVisible();
});
