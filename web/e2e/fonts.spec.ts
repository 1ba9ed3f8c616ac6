import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

/** The fonts in which the first element that matches is set. */
async function fontsOf(person: Person, selector: string): Promise<string[]> {
  const devtools = await person.context.newCDPSession(person.page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName).sort();
}

test('texts are set in the letters of the client, and in the fonts of the tests where it has none', async ({
  alex,
}) => {
  await alex.signIn();
  await alex.say('Latin, Ελληνικά, кириллица, עברית, العربية, 🎉');
  await expect(alex.bubbles).toContainText(['🎉']);
  await expect
    .poll(() => fontsOf(alex, '.message-text'))
    .toEqual(['DejaVu Sans', 'Inter', 'Noto Color Emoji']);
});

// The text font of the tests has black and white glyphs for many of them.
const EMOJI = '😀 👍🏽 ❤️ ❤ ☎️ ☀ ✔️ ⚽ 1️⃣ ©️ ↔️ 🏳️‍🌈 🙆‍♀️ 🇩🇪'.split(' ');

test('emoji are in colour, and large where they stand alone', async ({ alex }) => {
  await alex.signIn();
  for (const emoji of EMOJI) {
    await alex.say(emoji);
    await expect(alex.message(emoji).last()).toBeVisible();
    const text = `.message-text[data-text="${emoji}"]`;
    await alex
      .message(emoji)
      .last()
      .locator('.message-text')
      .evaluate((element) => {
        element.setAttribute('data-text', element.textContent);
      });
    expect(await fontsOf(alex, text), emoji).toEqual(['Noto Color Emoji']);
  }
  const sizeOf = (text: string) =>
    alex
      .message(text)
      .last()
      .locator('.message-text')
      .evaluate((element) => getComputedStyle(element).fontSize);
  await alex.say('😀 🎉');
  await alex.say('😀🎉😀🎉');
  await alex.say('😀!');
  await expect(alex.message('😀!')).toBeVisible();
  expect(await sizeOf('😀')).toBe('32px');
  expect(await sizeOf('😀 🎉')).toBe('32px');
  expect(await sizeOf('😀🎉😀🎉')).toBe('15px');
  expect(await sizeOf('😀!')).toBe('15px');
});

test('digits, arrows and signs of text stay text', async ({ alex }) => {
  await alex.signIn();
  await alex.say('1 # * © ® ™ → ↔ ✓ é');
  await expect(alex.bubbles).toHaveCount(1);
  await expect.poll(() => fontsOf(alex, '.message-text')).toEqual(['DejaVu Sans', 'Inter']);
});

test('letters come from the server itself, those of code and of other scripts when there are some', async ({
  alex,
}) => {
  const fonts: URL[] = [];
  alex.page.on('request', (request) => {
    if (request.resourceType() === 'font') {
      fonts.push(new URL(request.url()));
    }
  });
  const loaded = () => fonts.map(({ pathname }) => /\/([a-z-]+)-wght/.exec(pathname)?.[1]).sort();
  await alex.signIn();
  await expect.poll(loaded).toEqual(['inter-latin']);
  await alex.say('кириллица');
  await expect.poll(loaded).toEqual(['inter-cyrillic', 'inter-latin']);
  await alex.say('now `code`');
  await expect.poll(loaded).toEqual(['inter-cyrillic', 'inter-latin', 'jetbrains-mono-latin']);
  expect(new Set(fonts.map(({ host }) => host)).size).toBe(1);
});
