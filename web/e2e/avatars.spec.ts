import type { Locator, Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';

/** Chooses a picture of one colour in the form on show. */
async function choose(page: Page, colour: string): Promise<void> {
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
  const files = { name: 'face.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
  await page.getByLabel('Picture', { exact: true }).setInputFiles(files);
}

/** The colour in the middle of a picture, once there is one. */
async function colourOf(picture: Locator): Promise<string> {
  return picture.evaluate((image: HTMLImageElement) => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    if (pen === null || !image.complete || image.naturalWidth !== 96) {
      return 'none';
    }
    pen.drawImage(image, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
    return red > 200 ? 'red' : green > 200 ? 'green' : blue > 200 ? 'blue' : 'none';
  });
}

test('a picture stands for a person everywhere, and another one at once', async ({ alex, sam }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await sam.signIn();
  await alex.enter('General');
  await alex.say('look at me');
  const face = sam.message('look at me').locator('.avatar');
  await expect(face).toHaveText('AL');
  await expect(face.locator('img')).toHaveCount(0);

  await alex.chooseOwn('Account…');
  await choose(alex.page, 'blue');
  const own = alex.page.getByRole('img', { name: 'The picture that everybody sees' });
  await expect.poll(() => colourOf(own)).toBe('blue');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await expect.poll(() => colourOf(face.locator('img'))).toBe('blue');
  const listed = sam.page.getByRole('complementary').locator('.avatar', { hasText: 'AL' });
  await expect.poll(() => colourOf(listed.locator('img'))).toBe('blue');
  const mine = alex.page.getByRole('region', { name: 'Account' }).locator('img');
  await expect.poll(() => colourOf(mine)).toBe('blue');

  // It is there after a reload, and a changed one without.
  await sam.page.reload();
  await expect.poll(() => colourOf(face.locator('img'))).toBe('blue');
  await choose(alex.page, 'lime');
  await expect.poll(() => colourOf(face.locator('img'))).toBe('green');
  await alex.page.getByRole('button', { name: 'Remove picture' }).click();
  await expect(face.locator('img')).toHaveCount(0);
  await expect(face).toHaveText('AL');
});

test('what is no picture is refused by a sentence', async ({ alex }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await alex.chooseOwn('Account…');
  const files = { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await alex.page.getByLabel('Picture', { exact: true }).setInputFiles(files);
  await expect(alex.page.getByRole('alert')).toContainText('Choose a picture: JPEG');
});

test('rooms and the server have pictures, too, and a moderator takes one away', async ({
  alex,
  sam,
  server,
}) => {
  await alex.open(`/${await server.ownersInvitation()}`);
  await alex.register(PASSWORD);
  await sam.open();
  await sam.register(PASSWORD);
  await alex.enter('General');
  await sam.enter('General');
  await alex.choose('General', 'Settings…');
  await choose(alex.page, 'red');
  for (const { page } of [alex, sam]) {
    const picture = page
      .getByRole('navigation')
      .getByRole('link', { name: 'General' })
      .locator('img');
    await expect.poll(() => colourOf(picture)).toBe('red');
  }
  await alex.page.keyboard.press('Escape');
  await alex.chooseOwn('Administration…');
  await alex.page.getByRole('tab', { name: 'Settings' }).click();
  await choose(alex.page, 'lime');
  await expect.poll(() => colourOf(sam.page.locator('.brand img'))).toBe('green');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.keyboard.press('Escape');

  await sam.chooseOwn('Account…');
  await choose(sam.page, 'blue');
  await sam.page.keyboard.press('Escape');
  await sam.say('here I am');
  const face = alex.message('here I am').locator('.avatar img');
  await expect.poll(() => colourOf(face)).toBe('blue');
  await alex.message('here I am').getByRole('button', { name: 'Sam', exact: true }).click();
  await alex.page.getByRole('button', { name: 'Remove the picture' }).click();
  await expect(face).toHaveCount(0);
});
