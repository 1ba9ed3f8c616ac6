import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

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

test('a finger that goes sideways leads back to the rooms, and one that scrolls does not', async ({
  alex,
  voices,
}) => {
  const { page } = alex;
  await voices.say('Kim', numbered(1, 40));
  await alex.signIn();
  await expect(alex.message('message 40')).toBeInViewport();
  const list = page.getByRole('navigation', { name: 'Rooms' });
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
    });
  async function move(from: [number, number], to: [number, number]): Promise<void> {
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
  }

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
