import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const EVERYTHING = [
  'The *quick* **brown** ~~fox~~ `jumps` over [the dog](https://example.org/dog), see https://example.org/a_b_c.',
  'It was ||the **gardener**, in the greenhouse||!',
  'Still to do:\n- the first thing\n- a second one, which is so long that it goes on in the line below and shows how that looks\n  - a part of it\n- [ ] a third\n\nand then:\n1. one\n2. two',
  '> To be, or *not* to be\n> > that is the question\n\nHe said so himself.',
  'Look:\n```rust\n// Says hello.\nfn main() {\n    let name = "Sam";\n    println!("Hello, {name}! {}", 42);\n}\n```\nNice.',
  'snake_case_word 2*3*4 :-) ¯\\_(ツ)_/¯ a || b',
];

test('marks are shown as what they mean, and what is none stays', async ({ alex, voices }) => {
  await voices.say('Sam', EVERYTHING);
  await alex.signIn();
  const { log, page } = alex;
  await expect(log.getByRole('link', { name: 'the dog' })).toHaveAttribute(
    'href',
    'https://example.org/dog',
  );
  await expect(log.locator('strong').first()).toHaveText('brown');
  await expect(log.getByRole('listitem').filter({ hasText: 'the first thing' })).toBeVisible();
  await expect(log.locator('blockquote blockquote')).toHaveText('that is the question');
  await expect(log.locator('pre .code-keyword').first()).toHaveText('fn');
  await expect(alex.message('snake_case_word 2*3*4 :-) ¯\\_(ツ)_/¯ a || b')).toBeVisible();
  await alex.say('and `mine`, with\n```\na block\n```');
  await expect(log.locator('.own pre')).toHaveText('a block');
  // Not while it is on its way.
  await expect(log.locator('.own a.permalink').first()).toBeAttached();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    expect(await seriousProblems(page)).toEqual([]);
  }
});

test('a spoiler opens by a key, and stays open when one comes back', async ({ alex, voices }) => {
  await voices.say('Sam', ['It was ||the gardener||.', ...Array(60).fill('and more')]);
  await alex.signIn();
  await alex.scrollTo(0);
  const spoiler = alex.log.getByRole('button', { name: 'Spoiler. Show it' });
  await expect(spoiler).toBeVisible();
  await spoiler.focus();
  await alex.page.keyboard.press('Enter');
  await expect(alex.message('It was the gardener.')).toBeVisible();
  await alex.scrollTo(100_000);
  await expect(alex.message('It was the gardener.')).toHaveCount(0);
  await alex.scrollTo(0);
  await expect(alex.message('It was the gardener.')).toBeVisible();
});

test('the text of a message and its code are copied as they were written', async ({ alex }) => {
  await alex.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await alex.signIn();
  await alex.say('**bold** and\n```js\nlet a  = 1;\n```');
  const clipboard = () => alex.page.evaluate(() => navigator.clipboard.readText());
  await alex.log.getByRole('button', { name: 'Copy' }).click();
  await expect(alex.log.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clipboard()).toBe('let a  = 1;');
  await expect(async () => {
    await alex.log.locator('strong').click({ button: 'right' });
    await alex.page.getByRole('menuitem', { name: 'Copy text' }).click({ timeout: 1000 });
  }).toPass();
  await expect.poll(clipboard).toBe('**bold** and\n```js\nlet a  = 1;\n```');
});

test('keys put marks around what is selected, and undo takes them back', async ({ alex }) => {
  await alex.signIn();
  const { keyboard } = alex.page;
  await alex.composer.pressSequentially('so it is');
  await keyboard.press('Control+Shift+ArrowLeft');
  await keyboard.press('Control+b');
  await expect(alex.composer).toHaveValue('so it **is**');
  await keyboard.press('Control+i');
  await expect(alex.composer).toHaveValue('so it ***is***');
  await keyboard.press('Control+i');
  await keyboard.press('Control+b');
  await expect(alex.composer).toHaveValue('so it is');
  await keyboard.press('Control+Shift+x');
  await expect(alex.composer).toHaveValue('so it ~~is~~');
  await keyboard.press('Control+z');
  await expect(alex.composer).toHaveValue('so it is');
  await keyboard.press('Control+e');
  await expect(alex.composer).toHaveValue('so it `is`');
});

test('Enter breaks the line within code, and sends when the code is ended', async ({ alex }) => {
  await alex.signIn();
  const { keyboard } = alex.page;
  await alex.composer.pressSequentially('```js');
  await keyboard.press('Enter');
  await alex.composer.pressSequentially('let a;');
  await keyboard.press('Enter');
  await alex.composer.pressSequentially('```');
  await keyboard.press('Enter');
  await expect(alex.composer).toHaveValue('');
  await expect(alex.log.locator('pre')).toHaveText('let a;');
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`marks fit into a window of ${width} pixels`, async ({ person, voices }, info) => {
    const alex = await person('Alex', { viewport: { width, height } });
    await voices.say('Sam', EVERYTHING);
    await alex.signIn();
    await alex.say(EVERYTHING[4] ?? '');
    await expect(alex.log.locator('.own pre')).toBeVisible();
    await expect(alex.log.locator('.own .code-keyword').first()).toBeVisible();
    const overflow = await alex.log.evaluate((log) => log.scrollWidth - log.clientWidth);
    expect(overflow).toBe(0);
    for (const theme of ['light', 'dark'] as const) {
      await alex.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await alex.page.screenshot({ path: info.outputPath(`${theme}.png`) });
    }
  });
}
