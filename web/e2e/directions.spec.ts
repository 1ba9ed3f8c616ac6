import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/test';

const GREETING = 'שלום עולם! מה שלומך?';

/** Where the letters of a text stand, from the left. */
async function lettersOf(text: Locator): Promise<number[]> {
  return text.evaluate((element) => {
    const nodes = [...element.childNodes].filter((node) => node instanceof Text);
    const node = nodes.find(({ length }) => length > 0) ?? new Text();
    return Array.from({ length: node.length }, (_, index) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      return range.getBoundingClientRect().left;
    });
  });
}

test('a text from right to left ends at the left, also where it is written', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.composer.fill(GREETING);
  const direction = () => alex.composer.evaluate((field) => getComputedStyle(field).direction);
  await expect.poll(direction).toBe('rtl');
  await alex.composer.press('Enter');
  await expect.poll(direction).toBe('ltr');
  for (const person of [alex, sam]) {
    const letters = await lettersOf(person.message(GREETING).locator('.message-text'));
    expect(letters.at(-1)).toBe(Math.min(...letters));
  }
  await alex.say('Hello?');
  const letters = await lettersOf(sam.message('Hello?').locator('.message-text'));
  expect(letters.at(-1)).toBe(Math.max(...letters));
});

test('names in other scripts leave a sentence in its order', async ({ person, voices }) => {
  const dana = await person('דנה');
  await dana.signIn();
  await voices.say('אבי', ['/me מנופף?', 'hello']);
  const line = dana.log.getByText('דנה and אבי joined');
  await expect(line).toBeVisible();
  const [first, second] = await line.locator('bdi').all();
  expect((await first?.boundingBox())?.x).toBeLessThan((await second?.boundingBox())?.x ?? 0);

  const action = dana.log.locator('.action-line');
  const [name, words, time] = await Promise.all(
    ['.name', '.message-text', '.time'].map((part) => action.locator(part).boundingBox()),
  );
  expect(words?.x).toBeLessThan(name?.x ?? 0);
  expect(time?.x).toBeLessThan(words?.x ?? 0);
});

test('rooms and people of other scripts stay in their column', async ({ alex, voices }) => {
  await voices.say('אבי', []);
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Create a room' }).click();
  await alex.page.getByLabel('Title').fill('קפה!');
  await alex.page.getByLabel('Address').fill('coffee');
  await alex.page.getByRole('button', { name: 'Create room' }).click();
  const headline = alex.page.getByRole('heading', { level: 1 }).locator('.truncate');
  await expect(headline).toHaveText('קפה!');
  // The entry is made anew when the room becomes one's own; measured in between, it stands nowhere.
  await expect(async () => {
    const title = alex.room('קפה!').locator('.title');
    const letters = await lettersOf(title);
    expect(letters.at(-1)).toBe(Math.min(...letters));
    expect(letters.at(-1)).toBeCloseTo((await title.boundingBox())?.x ?? 0, 0);
  }).toPass();
  const heading = await lettersOf(headline);
  expect(heading.at(-1)).toBe(Math.min(...heading));
});
