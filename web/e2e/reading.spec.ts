import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

/** In Tech, with a look into General before. */
async function goToTech(person: Person): Promise<void> {
  await person.signIn();
  await person.enter('Tech');
  await person.page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(person.composer).toBeVisible();
}

async function topOf(person: Person, text: string): Promise<number> {
  const box = await person.log.getByText(text, { exact: true }).boundingBox();
  const log = await person.log.boundingBox();
  return (box?.y ?? Number.NaN) - (log?.y ?? Number.NaN);
}

/** A message of one line in the lower half of what is on screen, once the rows there are rendered. */
async function textInTheMiddle(person: Person): Promise<string> {
  const found = await person.page.waitForFunction(
    (log) => {
      const { top, bottom } = log.getBoundingClientRect();
      return [...log.querySelectorAll('.message-text')].find((each) => {
        const row = each.getBoundingClientRect();
        const isOneLine = !each.textContent.includes('\n');
        return isOneLine && row.top > (top + bottom) / 2 && row.bottom <= bottom;
      })?.textContent;
    },
    await person.log.elementHandle(),
  );
  return (await found.jsonValue()) ?? '';
}

async function expectFirstUnread(alex: Person): Promise<void> {
  const height = await alex.log.evaluate((log) => log.clientHeight);
  await expect(alex.message('unread 1')).toBeInViewport();
  await expect
    .poll(async () => Math.abs((await topOf(alex, 'New messages')) - height / 3))
    .toBeLessThan(40);
}

test('a room opens at what is unread, and only what was on screen is read', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 60));
  await goToTech(alex);
  await voices.say(
    'Pat',
    numbered(1, 150).map((text) => `unread ${text.slice(8)}`),
  );
  await expect(alex.room('General')).toContainText('99+ unread');
  await alex.enter('General');
  await expectFirstUnread(alex);
  const bar = alex.page.getByText(/ new since /);
  await expect(bar).toHaveText(/^99\+ new since/);
  await expect(alex.room('General')).toContainText('99+ unread');
  await alex.log.focus();
  await expect
    .poll(async () => {
      await alex.page.keyboard.press('PageDown');
      return bar.textContent();
    })
    .toMatch(/^[5-9]\d new since/);

  // After a reload no more than a page of it is here.
  await alex.enter('Tech');
  await alex.page.reload();
  await expect(alex.composer).toBeVisible();
  await expect(alex.room('General')).toContainText(/[5-9]\d unread/);
  await alex.enter('General');
  await expect(alex.log.getByText('New messages')).toBeInViewport();
  await expect(bar).toBeVisible();

  await alex.page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(bar).toBeHidden();
  await expect(alex.room('General')).not.toContainText('unread');
  await expect(alex.message('unread 150')).toHaveCount(0);
  await expect(alex.log).toBeFocused();
});

test('the bar of what is unread leads to the newest', async ({ alex, voices }) => {
  await goToTech(alex);
  await voices.say('Kim', numbered(1, 60));
  await expect(alex.room('General')).toContainText('60 unread');
  await alex.enter('General');
  await alex.page
    .getByRole('status')
    .getByRole('button', { name: 'Jump to newest' })
    .first()
    .click();
  await expect(alex.message('message 60')).toBeInViewport();
  await expect(alex.room('General')).not.toContainText('unread');
});

test('who comes back to a room is where he left it', async ({ alex, voices }) => {
  await goToTech(alex);
  await alex.enter('General');
  await voices.say('Kim', numbered(1, 320));
  await expect(alex.message('message 320')).toBeInViewport();
  for (const [scrollTop, name] of [
    [1_500, 'near'],
    [0, 'far above what stays in memory'],
  ] as const) {
    await alex.scrollTo(scrollTop);
    await expect(alex.pill).toBeVisible();
    const text = await textInTheMiddle(alex);
    const top = await topOf(alex, text);
    await alex.enter('Tech');
    await expect(alex.message(text)).toHaveCount(0);
    await alex.enter('General');
    await expect(alex.message(text), name).toBeInViewport();
    await expect.poll(async () => Math.abs((await topOf(alex, text)) - top), name).toBeLessThan(3);
  }
  await alex.pill.click();
  await expect(alex.message('message 320')).toBeInViewport();
  await alex.enter('Tech');
  await alex.enter('General');
  await expect(alex.message('message 320')).toBeInViewport();
});

test('what is selected stays so when its row leaves the window', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 120));
  await alex.signIn();
  await expect(alex.message('message 120')).toBeInViewport();
  await alex.log.getByText('message 120', { exact: true }).selectText();
  const selected = () => alex.page.evaluate(() => String(document.getSelection()));
  expect(await selected()).toBe('message 120');
  await expect
    .poll(async () => {
      await alex.scrollTo(0);
      return alex.message('message 1').count();
    })
    .toBe(1);
  expect(await selected()).toBe('message 120');
  expect(await alex.bubbles.count()).toBeLessThan(80);
  await alex.scrollTo(1_000_000);
  await expect(alex.message('message 120')).toBeInViewport();
  await alex.page.evaluate(() => document.getSelection()?.removeAllRanges());
  await alex.scrollTo(0);
  await expect(alex.message('message 120')).toHaveCount(0);
});

test('two thousand line breaks are folded, and unfold where they are', async ({ alex, voices }) => {
  await alex.signIn();
  await voices.say('Kim', [...numbered(1, 60), 'before', `begin${'\n'.repeat(1_900)}end`, 'after']);
  await expect(alex.message('after')).toBeInViewport();
  await expect(alex.message('before')).toBeInViewport();
  const unfold = alex.page.getByRole('button', { name: 'Show all' });
  const top = await topOf(alex, 'before');
  await unfold.click();
  await expect(alex.page.getByRole('button', { name: 'Show less' })).toBeAttached();
  expect(Math.abs((await topOf(alex, 'before')) - top)).toBeLessThan(2);
  await expect(alex.message('after')).toHaveCount(0);
  await alex.log.press('End');
  await expect(alex.message('after')).toBeInViewport();
  await alex.page.getByRole('button', { name: 'Show less' }).click();
  await expect(alex.bubbles.filter({ hasText: 'begin' })).toBeInViewport();
});

test('stacks of marks cover no other line', async ({ alex, voices }) => {
  await alex.signIn();
  const stack = `Z${'\u0300\u0316'.repeat(40)}`;
  await voices.say('Kim', ['Z\nquiet\nZ', `${stack}\nquiet\n${stack}`]);
  const pictures = await Promise.all(
    [0, 1].map(async (index) => {
      const text = alex.bubbles.nth(index).locator('.message-text');
      await expect(text).toBeVisible();
      const { x, y, height } = (await text.boundingBox()) ?? { x: 0, y: 0, height: 0 };
      const clip = { x, y: y + height / 3 + 2, width: 60, height: height / 3 - 4 };
      return (await alex.page.screenshot({ clip })).toString('base64');
    }),
  );
  expect(pictures[1]).toBe(pictures[0]);
});
