import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

type Place = [x: number, y: number];

test.use({
  contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
});

test('one pane at a time, with a way back', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  await expect(alex.message('message 40')).toBeInViewport();
  await expect(alex.page.getByRole('navigation', { name: 'Rooms' })).toBeHidden();

  await alex.page.getByRole('button', { name: 'Back to the rooms' }).click();
  await expect(alex.page.getByRole('navigation', { name: 'Rooms' })).toBeVisible();
  await expect(alex.composer).toBeHidden();
  await alex.room('General').click();
  await expect(alex.message('message 40')).toBeInViewport();

  await alex.page.goBack();
  await expect(alex.page.getByRole('navigation', { name: 'Rooms' })).toBeVisible();
});

test('the focus comes back to the room that one comes from', async ({ alex }) => {
  await alex.signIn();
  const back = alex.page.getByRole('button', { name: 'Back to the rooms' });
  await back.press('Enter');
  await expect(alex.room('General')).toBeFocused();
  await alex.page.keyboard.press('Enter');
  await expect(alex.composer).toBeVisible();
  await alex.open('/rooms/nowhere');
  await back.press('Enter');
  await expect(alex.page.getByRole('button', { name: 'Rooms', exact: true })).toBeFocused();
});

test('people come up as a sheet', async ({ alex }) => {
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Show people' }).click();
  const sheet = alex.page.getByRole('dialog');
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Alex' })).toBeVisible();
  await alex.page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('nothing is wider than the screen, and what is touched is 44 px high', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', ['w'.repeat(400), `https://example.org/${'x'.repeat(300)}`]);
  await alex.signIn();
  await alex.say('y'.repeat(300));
  await expect(alex.bubbles).toHaveCount(3);
  const { scrollWidth, clientWidth } = await alex.page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
  expect(await alex.log.evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0);
  for (const button of await alex.page.getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(box?.height, (await button.textContent()) ?? '').toBeGreaterThanOrEqual(44);
  }
});

test('why a room could not be left is said below its header, for as long as it is true', async ({
  alex,
}) => {
  await alex.signIn();
  const heading = alex.page.getByRole('heading', { level: 1 });
  const before = await heading.boundingBox();
  alex.line.cut();
  await expect(alex.page.getByText(/^Reconnecting/)).toBeVisible({ timeout: 20_000 });
  await alex.leave('General');
  const alert = alex.page.getByRole('alert');
  await expect(alert).toBeVisible();
  const [title, problem] = [await heading.boundingBox(), await alert.boundingBox()];
  expect(title?.width).toBe(before?.width);
  expect(problem?.y).toBeGreaterThan((title?.y ?? 0) + (title?.height ?? 0));
  await alex.comeBack();
  await expect(alert).toBeHidden();
});

test('a tap on Send keeps the keyboard, and one beside a message goes nowhere', async ({
  alex,
}) => {
  await alex.signIn();
  for (const text of ['first', 'second']) {
    await alex.composer.fill(text);
    await alex.page.getByRole('button', { name: 'Send message' }).tap();
    await expect(alex.message(text)).toBeVisible();
    await expect(alex.composer).toBeFocused();
  }
  await expect.poll(() => alex.deliveries()).toEqual([]);
  const box = await alex.message('second').locator('.message-text').boundingBox();
  await alex.page.touchscreen.tap((box?.x ?? 0) - 40, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(alex.page).toHaveURL(/\/rooms\/general$/);
});

test('Enter begins a new line, and the button sends', async ({ alex }) => {
  await alex.signIn();
  await alex.composer.fill('one');
  await alex.composer.press('Enter');
  await alex.page.keyboard.type('two');
  await expect(alex.composer).toHaveValue('one\ntwo');
  await alex.page.getByRole('button', { name: 'Send message' }).tap();
  await expect(alex.composer).toHaveValue('');
  await expect(alex.bubbles.filter({ hasText: 'two' })).toBeVisible();
});

test('the way back says how much is unread elsewhere', async ({ alex, sam }) => {
  const { page } = alex;
  await alex.signIn();
  await page.getByRole('button', { name: 'Back to the rooms' }).tap();
  await alex.room('Tech').tap();
  await page.getByRole('button', { name: 'Join Tech' }).tap();
  await expect(alex.composer).toBeVisible();
  await sam.signIn();
  await sam.say('one');
  await sam.say('two');
  await expect(page.getByRole('button', { name: 'Back to the rooms, 2 unread' })).toBeVisible();
});

/** A finger on the screen: moves from one place to another in a few steps, and is lifted. */
async function finger(page: Page): Promise<(from: Place, to: Place) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
    });
  return async (from, to) => {
    await touch('touchStart', ...from);
    for (let step = 1; step <= 8; step += 1) {
      const part = step / 8;
      await touch(
        'touchMove',
        from[0] + (to[0] - from[0]) * part,
        from[1] + (to[1] - from[1]) * part,
      );
    }
    await touch('touchEnd');
  };
}

test('a finger that goes sideways leads back to the rooms, and one that scrolls does not', async ({
  alex,
  voices,
}) => {
  const { page } = alex;
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  await expect(alex.message('message 40')).toBeInViewport();
  const list = page.getByRole('navigation', { name: 'Rooms' });
  const move = await finger(page);

  await move([100, 300], [180, 600]);
  await expect(alex.composer).toBeVisible();
  await move([100, 400], [140, 405]);
  await expect(alex.composer).toBeVisible();
  await expect(page.locator('.conversation-pane')).toHaveCSS('translate', 'none');
  await expect(async () => {
    await move([60, 400], [300, 410]);
    await expect(list).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(alex.room('General')).toBeFocused();
});

test('a message that a finger moves towards the begin of the line is answered', async ({
  alex,
  voices,
}) => {
  const { page } = alex;
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  const message = alex.message('message 38');
  await expect(message).toBeInViewport();
  const box = await message.boundingBox();
  const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
  const move = await finger(page);
  await move([300, y], [270, y]);
  await move([300, y], [280, y - 120]);
  await expect(alex.composer).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do not reply to it' })).toHaveCount(0);
  await expect(async () => {
    const now = await message.boundingBox();
    const at = (now?.y ?? 0) + (now?.height ?? 0) / 2;
    await move([300, at], [160, at + 4]);
    await expect(page.getByRole('button', { name: 'Do not reply to it' })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await expect(message.locator('xpath=ancestor-or-self::*[@data-row]')).toHaveCSS(
    'translate',
    'none',
  );
  await alex.say('this one');
  await expect(alex.bubbles.filter({ hasText: 'this one' })).toContainText('message 38');
});

test('what stands beside a room has an address, by the number of the room, too', async ({
  alex,
}) => {
  const { page } = alex;
  await alex.signIn();
  for (const room of ['general', '~1']) {
    await alex.open(`/rooms/${room}?pane=files`);
    await expect(page.getByRole('dialog', { name: 'Files' })).toBeVisible();
    await expect(page).toHaveURL(/rooms\/general\?pane=files$/);
  }
});
