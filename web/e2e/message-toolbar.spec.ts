import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('the toolbar of a message reacts, answers and opens the menu, and shifts nothing', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Shall we meet at noon?');
  await alex.say('Or at one?');
  const message = sam.message('Or at one?');
  const toolbar = message.getByRole('toolbar');
  await expect(message.locator('a.permalink')).toHaveCount(1);
  const before = await message.boundingBox();
  await expect(toolbar).toHaveCount(0);

  // One goes on typing while the mouse presses.
  await sam.composer.fill('I think');
  await message.locator('.bubble').hover();
  await expect(toolbar).toHaveCSS('pointer-events', 'auto');
  expect(await message.boundingBox()).toEqual(before);
  expect(await seriousProblems(sam.page)).toEqual([]);
  await toolbar.getByRole('button', { name: 'React with 👍' }).click();
  await expect(
    alex.message('Or at one?').getByRole('button', { name: 'reacted with 👍' }),
  ).toContainText('1');
  await expect(toolbar.getByRole('button', { name: 'React with 👍' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(sam.composer).toBeFocused();

  await toolbar.getByRole('button', { name: 'React…' }).click();
  await expect(sam.page.getByRole('dialog', { name: 'React' })).toBeVisible();
  await sam.page.keyboard.press('Escape');
  await message.locator('.bubble').hover();
  await toolbar.getByRole('button', { name: 'More…' }).click();
  await sam.page.getByRole('menuitem', { name: 'Who reacted…' }).click();
  await expect(sam.page.getByRole('dialog', { name: 'Reactions' })).toBeVisible();
  await sam.page.keyboard.press('Escape');
  await message.locator('.bubble').hover();
  await toolbar.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(sam.page.locator('.reply-bar')).toContainText('Or at one?');

  // It goes with the mouse; that of the other message comes.
  await sam.message('Shall we meet at noon?').locator('.bubble').hover();
  await expect(sam.message('Shall we meet at noon?').getByRole('toolbar')).toHaveCSS(
    'pointer-events',
    'auto',
  );
  await expect(toolbar).toHaveCount(0);
});

test('the keyboard reaches the toolbar, and comes back from what it opens', async ({ alex }) => {
  await alex.signIn();
  await alex.say('Tea at five?');
  const message = alex.message('Tea at five?');
  const toolbar = message.getByRole('toolbar');
  const link = message.locator('a.permalink');
  await link.focus();
  await expect(toolbar).toHaveCSS('pointer-events', 'auto');
  await alex.page.keyboard.press('ArrowRight');
  await expect(toolbar.getByRole('button', { name: 'React with 👍' })).toBeFocused();
  await alex.page.keyboard.press('ArrowLeft');
  const more = toolbar.getByRole('button', { name: 'More…' });
  await expect(more).toBeFocused();
  await alex.page.keyboard.press('Enter');
  await expect(alex.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await alex.page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await alex.page.keyboard.press('ArrowLeft');
  await expect(toolbar.getByRole('button', { name: 'Edit…' })).toBeFocused();
  await alex.page.keyboard.press('Enter');
  await expect(alex.page.getByRole('dialog', { name: 'Edit message' })).toBeVisible();
  await alex.page.keyboard.press('Escape');
  await expect(toolbar.getByRole('button', { name: 'Edit…' })).toBeFocused();
  await alex.page.keyboard.press('Escape');
  await expect(link).toBeFocused();
});

test.describe('on touch', () => {
  test.use({
    contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });

  test('a finger that rests on a message opens its menu and reacts, without a toolbar', async ({
    alex,
  }) => {
    await alex.signIn();
    await alex.say('Tea at five?');
    await expect.poll(() => alex.deliveries()).toEqual([]);
    const message = alex.message('Tea at five?');
    const bubble = message.locator('.bubble');
    const box = await bubble.boundingBox();
    const finger = await alex.context.newCDPSession(alex.page);
    const point = { x: (box?.x ?? 0) + 12, y: (box?.y ?? 0) + 12 };
    const touch = (type: 'touchStart' | 'touchEnd') =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchStart' ? [point] : [],
      });
    await bubble.evaluate((element) =>
      element.addEventListener('touchstart', () => element.setAttribute('data-down', '')),
    );
    await alex.page.clock.install();
    await touch('touchStart');
    await expect(bubble).toHaveAttribute('data-down', '');
    await alex.page.clock.fastForward(600);
    await touch('touchEnd');
    const sheet = alex.page.getByRole('menu');
    // It lies at the lower edge, over the whole width.
    const place = async () => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await sheet.boundingBox()) ?? {};
      return [x, width, Math.round(y + height)];
    };
    await alex.page.clock.runFor(500);
    await expect.poll(place).toEqual([0, 390, 844]);
    await alex.page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).tap();
    await expect(message.getByRole('button', { name: 'reacted with 👍' })).toContainText('1');
    await expect(message.getByRole('toolbar')).toBeHidden();
  });
});
