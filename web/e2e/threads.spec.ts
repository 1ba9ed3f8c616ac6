import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

const panel = (person: Person) => person.page.getByRole('complementary', { name: 'Thread' });
const field = (person: Person) => person.page.getByRole('textbox', { name: 'Message the thread' });

async function openThread(person: Person, text: string): Promise<void> {
  await person.openMenu(text);
  await person.page.getByRole('menuitem', { name: 'Reply in thread' }).click();
  await expect(panel(person)).toBeVisible();
}

async function reply(person: Person, text: string): Promise<void> {
  await field(person).fill(text);
  await field(person).press('Enter');
  await expect(panel(person).getByText(text, { exact: true })).toBeVisible();
}

const main = (person: Person) => person.page.getByRole('log', { name: /^Messages in/ });

test('people reply in a thread beside the conversation', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Release today?');
  await openThread(sam, 'Release today?');
  await expect(field(sam)).toBeFocused();
  await reply(sam, 'At noon');
  expect(await seriousProblems(sam.page)).toEqual([]);

  // The room shows the root alone, and what is said under it.
  await expect(main(sam).getByText('At noon')).toHaveCount(0);
  const line = main(alex).getByRole('link', { name: /1 reply/ });
  await expect(line).toBeVisible();
  await expect(alex.page.getByRole('link', { name: /Threads.*1 with new replies/ })).toBeVisible();
  // Where it was said stands a line, below what was said before it.
  await alex.say('Meanwhile');
  const news = main(alex).getByRole('link', {
    name: /replied in a thread.*Release today\?.*1 new/,
  });
  await expect(news).toBeVisible();
  expect((await news.locator('.face').boundingBox())?.width).toBeLessThan(30);
  expect((await news.boundingBox())?.y).toBeLessThan(
    (await alex.message('Meanwhile').boundingBox())?.y ?? 0,
  );
  expect(await seriousProblems(alex.page)).toEqual([]);
  await news.click();
  await expect(panel(alex).getByText('At noon')).toBeVisible();
  await expect(news).toHaveCount(0);
  await expect(alex.page.getByRole('link', { name: /with new replies/ })).toHaveCount(0);

  // One may say it to the room as well.
  await panel(alex)
    .getByRole('checkbox', { name: /^Also send to/ })
    .check();
  await reply(alex, 'It is out');
  await expect(panel(alex).getByRole('checkbox', { name: /^Also send to/ })).not.toBeChecked();
  await expect(main(sam).getByText('It is out')).toBeVisible();
  await expect(main(sam).getByRole('link', { name: 'Replied in a thread' })).toBeVisible();
  await expect(main(sam).getByRole('link', { name: /2 replies/ })).toBeVisible();

  await alex.page.reload();
  await expect(panel(alex).getByText('At noon')).toBeVisible();
  await expect(main(alex).getByRole('link', { name: /2 replies/ })).toBeVisible();
  await expect(main(alex).getByText('At noon')).toHaveCount(0);

  // A reply that goes is counted no more.
  await panel(sam).locator('.bubble', { hasText: 'At noon' }).click({ button: 'right' });
  await sam.page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(main(alex).getByRole('link', { name: /1 reply/ })).toBeVisible();
});

test('threads with news are listed, and may be left', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Lunch?');
  await openThread(sam, 'Lunch?');
  await reply(sam, 'At one');
  await alex.page.getByRole('link', { name: /Threads/ }).click();
  const list = alex.page.getByRole('complementary', { name: 'Threads' });
  await expect(list.getByRole('link', { name: /Lunch\?/ })).toContainText('1 new');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await list.getByRole('link', { name: /Lunch\?/ }).click();
  await expect(panel(alex).getByText('At one')).toBeVisible();
  const follow = panel(alex).getByRole('checkbox', { name: 'Follow this thread' });
  await expect(follow).toBeChecked();
  await follow.click();
  await expect(follow).not.toBeChecked();
  await field(alex).press('Escape');
  await expect(panel(alex)).toBeHidden();
  await reply(sam, 'Or at two');
  await expect(main(alex).getByRole('link', { name: /2 replies/ })).toBeVisible();
  await expect(alex.page.getByRole('link', { name: /with new replies/ })).toHaveCount(0);
  await alex.page.reload();
  await expect(main(alex).getByRole('link', { name: /2 replies/ })).toBeVisible();
  await expect(alex.page.getByRole('link', { name: /with new replies/ })).toHaveCount(0);
});

test('the key T opens a thread, a draft stays in it, and an address leads to a reply', async ({
  alex,
}) => {
  await alex.signIn();
  await alex.say('one');
  await expect(alex.message('one').locator('a.permalink')).toBeAttached();
  await alex.message('one').locator('a.permalink').focus();
  await alex.page.keyboard.press('t');
  await expect(panel(alex)).toBeVisible();
  await field(alex).fill('half a sentence');
  await field(alex).press('Escape');
  await expect(panel(alex)).toBeHidden();
  await expect(alex.composer).toHaveValue('');
  await alex.message('one').locator('a.permalink').focus();
  await alex.page.keyboard.press('t');
  await expect(field(alex)).toHaveValue('half a sentence');
  await reply(alex, 'two');
  const said = panel(alex).getByRole('article').filter({ hasText: 'two' });
  const address = await said.locator('a.permalink').getAttribute('href');
  await field(alex).press('Escape');
  await alex.open(address ?? '');
  await expect(panel(alex).locator('.highlighted')).toContainText('two');
});

test.describe('on a phone', () => {
  test.use({
    contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });

  test('a thread takes the whole width', async ({ alex }) => {
    await alex.signIn();
    await alex.say('one');
    await expect(alex.message('one').locator('a.permalink')).toBeAttached();
    await openMenuByKey(alex);
    const sheet = alex.page.getByRole('dialog', { name: 'Thread' });
    await expect(sheet).toBeVisible();
    await field(alex).fill('two');
    await sheet.getByRole('button', { name: 'Send message' }).click();
    await expect(sheet.getByText('two', { exact: true })).toBeVisible();
    expect((await sheet.boundingBox())?.width).toBe(390);
    expect(await seriousProblems(alex.page)).toEqual([]);
  });
});

async function openMenuByKey(person: Person): Promise<void> {
  await person.message('one').locator('a.permalink').focus();
  await person.page.keyboard.press('t');
}
