import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

/** Where a message is on screen; told by its text, since the row around it may gain or lose a heading. */
async function topOf(person: Person, text: string): Promise<number> {
  const box = await person.log.getByText(text, { exact: true }).boundingBox();
  return box?.y ?? Number.NaN;
}

/** A message in the lower half of the screen, by which movements are seen. After a jump the rows come with the next frame. */
async function textInSight(person: Person): Promise<string> {
  const look = () =>
    person.log.evaluate((log) => {
      const { top, bottom } = log.getBoundingClientRect();
      const texts = [...log.querySelectorAll('.message-text')];
      const found = texts.find((text) => {
        const box = text.getBoundingClientRect();
        return (
          !text.textContent.includes('\n') && box.top > (top + bottom) / 2 && box.bottom < bottom
        );
      });
      return found?.textContent ?? '';
    });
  await expect.poll(look).not.toBe('');
  return look();
}

test('the newest message is in sight, and stays so', async ({ alex, sam, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await sam.signIn();
  await sam.say('one more');
  await expect(alex.message('one more')).toBeInViewport();
  expect(await alex.distanceToEnd()).toBeLessThan(1);
  await expect(alex.pill).toBeHidden();
});

for (const [distance, follows] of [
  [90, true],
  [140, false],
] as const) {
  test(`from ${distance} px above the end a message is ${follows ? '' : 'not '}followed`, async ({
    alex,
    voices,
  }) => {
    await voices.say('Kim', numbered(1, 60));
    await alex.signIn();
    await expect(alex.message('message 60')).toBeInViewport();
    const end = await alex.log.evaluate((log) => log.scrollHeight - log.clientHeight);
    await alex.scrollTo(end - distance);
    const text = await textInSight(alex);
    const before = await topOf(alex, text);
    await voices.say('Pat', ['one more']);
    if (follows) {
      await expect(alex.message('one more')).toBeInViewport();
      await expect.poll(() => alex.distanceToEnd()).toBeLessThan(1);
    } else {
      await expect(alex.pill).toHaveText('1 new message');
      expect(Math.abs((await topOf(alex, text)) - before)).toBeLessThanOrEqual(1);
    }
  });
}

test('the pill counts what is new and jumps down', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.scrollTo(200);
  await voices.say('Pat', ['one', 'two', 'three']);
  await expect(alex.pill).toHaveText('3 new messages');
  await alex.pill.click();
  await expect(alex.message('three')).toBeInViewport();
  await expect(alex.pill).toBeHidden();
});

test('an own message always goes down', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.scrollTo(200);
  await alex.say('mine');
  await expect(alex.message('mine')).toBeInViewport();
  await expect.poll(() => alex.distanceToEnd()).toBeLessThan(1);
});

test('whoever scrolls up slowly gets away from the end while people talk', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  const talk = voices.say('Pat', numbered(61, 160));
  await alex.log.evaluate(async (log) => {
    for (let step = 0; step < 8; step += 1) {
      log.dispatchEvent(new WheelEvent('wheel', { bubbles: true, deltaY: -30 }));
      log.scrollTop -= 30;
      const before = log.scrollHeight;
      while (log.scrollHeight === before) {
        await new Promise(requestAnimationFrame);
      }
    }
  });
  await expect(alex.pill).toBeVisible();
  await talk;
  await expect(alex.message('message 160')).not.toBeInViewport();
});

test('older pages leave what is read at its place', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 260));
  await alex.signIn();
  await expect(alex.message('message 260')).toBeInViewport();
  for (let page = 0; page < 3; page += 1) {
    // Far enough from the top that nothing is loaded yet, near enough that the rows above are rendered.
    await alex.scrollTo(1_000);
    await expect
      .poll(() =>
        alex.log.evaluate((log) => (log.querySelector('article')?.offsetTop ?? 1_000) < 700),
      )
      .toBe(true);
    // In one step, so that no page can come between.
    const { text, top } = await alex.log.evaluate((log) => {
      log.scrollTop = 760;
      const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
      const texts = [...log.querySelectorAll('.message-text')].filter(
        (found) => !found.textContent.includes('\n'),
      );
      const found = texts.find((candidate) => candidate.getBoundingClientRect().top > middle);
      return {
        text: found?.textContent ?? '',
        top: found?.getBoundingClientRect().top ?? Number.NaN,
      };
    });
    await expect
      .poll(() => alex.log.evaluate((log) => log.scrollTop), { message: 'the page above is there' })
      .toBeGreaterThan(1_500);
    expect(Math.abs((await topOf(alex, text)) - top), text).toBeLessThanOrEqual(1);
  }
});

test('reading up to the beginning of a room shows every message, once and in order', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', numbered(1, 160));
  await alex.signIn();
  await alex.log.focus();
  const seen = new Set<number>();
  const look = async () => {
    const numbers = await alex.log.evaluate(async (log) => {
      // Not before the list stands still: what passes by between two looks is not seen.
      for (let still = 0, last = Number.NaN; still < 3; last = log.scrollTop) {
        await new Promise(requestAnimationFrame);
        still = log.scrollTop === last ? still + 1 : 0;
      }
      return [...log.querySelectorAll('.message-text')].map((text) =>
        Number(/\d+/.exec(text.textContent)?.[0]),
      );
    });
    expect(numbers).toEqual([...new Set(numbers)].sort((left, right) => left - right));
    for (const number of numbers) {
      seen.add(number);
    }
    return seen.size;
  };
  await expect(alex.message('message 160')).toBeInViewport();
  await look();
  await expect
    .poll(
      async () => {
        await alex.page.keyboard.press('PageUp');
        return look();
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toBe(160);
  // The first message may be laid out ahead of what is in view; its beginning is further up.
  await expect(async () => {
    await alex.page.keyboard.press('PageUp');
    await expect(alex.log.getByText('This is the beginning of #general')).toBeInViewport({
      timeout: 200,
    });
  }).toPass({ timeout: 10_000 });
  await alex.page.keyboard.press('End');
  await expect(alex.message('message 160')).toBeInViewport();
});

test('coming back after a lost line moves nothing', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.scrollTo(1_200);
  const text = await textInSight(alex);
  const before = await topOf(alex, text);
  alex.line.cut();
  await voices.say('Pat', numbered(61, 90));
  await alex.comeBack();
  await expect(alex.pill).toHaveText('30 new messages');
  expect(Math.abs((await topOf(alex, text)) - before)).toBeLessThanOrEqual(1);
});

test('a window of another size keeps the newest message in sight', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 60));
  await alex.signIn();
  await expect(alex.message('message 60')).toBeInViewport();
  await alex.page.setViewportSize({ width: 900, height: 500 });
  await expect.poll(() => alex.distanceToEnd()).toBeLessThan(1);
  await alex.page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => alex.distanceToEnd()).toBeLessThan(1);
  await expect(alex.message('message 60')).toBeInViewport();
});

test('the line of new messages stands at the first unread one', async ({ alex, voices }) => {
  await alex.signIn();
  await alex.enter('Tech');
  await alex.page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(alex.composer).toBeVisible();
  await voices.say('Kim', ['unread 1', 'unread 2']);
  await expect(alex.room('General')).toContainText('2 unread');
  await expect(alex.page).toHaveTitle(/^\(2\) /);
  await alex.enter('General');
  await expect(alex.log.getByText('New messages')).toBeVisible();
  await expect(alex.room('General')).not.toContainText('unread');
  await voices.say('Pat', ['read at once']);
  await expect(alex.message('read at once')).toBeVisible();
  const line = await topOf(alex, 'New messages');
  expect(line).toBeLessThan(await topOf(alex, 'unread 1'));
  await alex.enter('Tech');
  await alex.enter('General');
  await expect(alex.message('unread 2')).toBeVisible();
  await expect(alex.log.getByText('New messages')).toBeHidden();
});

for (const height of [800, 360]) {
  test(`a jump in a list moves that list alone in a window ${height} px high`, async ({
    alex,
    voices,
  }) => {
    await voices.say('Kim', numbered(1, 120));
    await alex.page.setViewportSize({ width: 1280, height });
    await alex.open('/rooms/general/41');
    await alex.fillIn();
    await expect(alex.message('message 40')).toBeInViewport();
    // What a browser does for the keyboard, a search in the page or a screen reader; `start` reaches through everything that scrolls.
    await alex.log.evaluate((log) => {
      log.querySelector('article:last-of-type')?.scrollIntoView({ block: 'start' });
    });
    const page = await alex.page.evaluate(() => {
      const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
      return { scrollTop, beyond: scrollHeight - clientHeight };
    });
    expect(page).toEqual({ scrollTop: 0, beyond: 0 });
  });
}
