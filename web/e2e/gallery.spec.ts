import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/gallery';
import { LOOKS } from './fixtures/pictures';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ contextOptions: { colorScheme } });

    test('no part shuts anybody out', async ({ gallery }) => {
      expect(await seriousProblems(gallery)).toEqual([]);
      for (const name of ['Toast', 'Toast with an action', 'Toast of an error']) {
        await gallery.getByRole('button', { name, exact: true }).click();
      }
      await expect(gallery.getByRole('region', { name: 'Notices' })).toContainText('too large');
      await gallery.getByRole('button', { name: 'Show people' }).hover();
      await expect(gallery.getByText('Show people')).toBeVisible();
      expect(await seriousProblems(gallery)).toEqual([]);
    });

    for (const [opener, role] of [
      ['Settings', 'dialog'],
      ['Room menu', 'menu'],
      ['Dialog', 'dialog'],
      ['Dialog of an error', 'dialog'],
      ['Sheet', 'dialog'],
    ] as const) {
      test(`nor does what opens: ${opener}`, async ({ gallery }) => {
        await gallery.getByRole('button', { name: opener, exact: true }).click();
        await expect(gallery.getByRole(role)).toBeVisible();
        expect(await seriousProblems(gallery)).toEqual([]);
      });
    }
  });
}

test('there is a picture of every part, and of every state of every view', async ({ gallery }) => {
  const views = gallery.locator('[data-view]');
  const sorts = ['waiting', 'empty', 'failed', 'offline', 'refused'];
  for (const view of await views.all()) {
    await expect(view.locator('.kind')).toHaveText(sorts);
    // What has failed can be asked for again, and what is refused cannot.
    await expect(view.getByRole('button')).toHaveCount(2);
  }
  await gallery.evaluate(() => document.fonts.ready.then(() => undefined));
  const height = await gallery.locator('main').evaluate((main) => main.scrollHeight);
  await gallery.setViewportSize({ width: 1280, height });
  for (const colorScheme of ['light', 'dark'] as const) {
    await gallery.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const states = gallery.getByRole('region', { name: 'States of what is loaded' });
    await states.screenshot({ path: `${LOOKS}/states-${colorScheme}.png` });
    const top = (await states.boundingBox())?.y ?? height;
    const clip = { x: 0, y: 0, width: 1280, height: top };
    await gallery.screenshot({ path: `${LOOKS}/gallery-${colorScheme}.png`, clip });
  }
});

test('a popover stands at its trigger, and goes on Esc or a press elsewhere', async ({
  gallery,
}) => {
  const trigger = gallery.getByRole('button', { name: 'Settings' });
  const popover = gallery.getByRole('dialog', { name: 'Settings' });
  await trigger.click();
  await expect(trigger).toHaveAttribute('aria-expanded', 'true');
  const [above, below] = [await trigger.boundingBox(), await popover.boundingBox()];
  expect(below?.x).toBeCloseTo(above?.x ?? 0, 0);
  expect(Math.abs((below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0))).toBeLessThan(10);

  await gallery.keyboard.press('Tab');
  await expect(popover.getByRole('checkbox')).toBeFocused();
  await gallery.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(trigger).toBeFocused();
  await expect(trigger).toHaveAttribute('aria-expanded', 'false');

  await trigger.click();
  await gallery.getByRole('heading', { level: 1 }).click();
  await expect(popover).toBeHidden();
  await trigger.click();
  await expect(popover).toBeVisible();
  await trigger.click();
  await expect(popover).toBeHidden();
  await trigger.click();
  await popover.getByRole('button', { name: 'Done' }).click();
  await expect(popover).toBeHidden();
  await expect(trigger).toBeFocused();
});

test('a popover goes along with its trigger, stays in the window, and scrolls inside', async ({
  gallery,
}) => {
  await gallery.setViewportSize({ width: 390, height: 500 });
  const trigger = gallery.getByRole('button', { name: 'Long list' });
  const popover = gallery.getByRole('dialog', { name: 'Long list' });
  await trigger.click();
  const inside = async () => {
    const box = await popover.boundingBox();
    return (
      box !== null &&
      box.x >= 0 &&
      box.y >= 0 &&
      box.x + box.width <= 390 &&
      box.y + box.height <= 500
    );
  };
  expect(await inside()).toBe(true);
  await popover.getByRole('button', { name: 'The end' }).scrollIntoViewIfNeeded();
  await expect(popover.getByRole('button', { name: 'The end' })).toBeInViewport();
  expect(await inside()).toBe(true);

  const before = await popover.boundingBox();
  await gallery.locator('main').evaluate((main) => main.scrollBy(0, 40));
  await expect.poll(async () => (await popover.boundingBox())?.height).not.toBe(before?.height);
  expect(await inside()).toBe(true);
});

test('a menu is used with the keyboard alone', async ({ gallery }) => {
  const trigger = gallery.getByRole('button', { name: 'Room menu' });
  const menu = gallery.getByRole('menu');
  const item = (name: string) => menu.getByRole('menuitem', { name });
  await trigger.focus();
  await gallery.keyboard.press('ArrowDown');
  await expect(item('Change the room')).toBeFocused();
  await gallery.keyboard.press('ArrowUp');
  await expect(item('Leave')).toBeFocused();
  await gallery.keyboard.press('Home');
  await gallery.keyboard.press('i');
  await expect(item('Invite people')).toBeFocused();
  await gallery.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await gallery.keyboard.press('End');
  await expect(item('Leave')).toBeFocused();
  await gallery.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(trigger).toBeFocused();

  await gallery.keyboard.press('ArrowUp');
  await expect(item('Leave')).toBeFocused();
  await gallery.keyboard.press('Tab');
  await expect(menu).toBeHidden();
  await expect(gallery.getByRole('button', { name: 'Alex' }).first()).toBeFocused();

  await trigger.press('Enter');
  await expect(item('Change the room')).toBeFocused();
  await gallery.keyboard.press(' ');
  await expect(gallery.getByTestId('done')).toHaveText('changed');
  await expect(trigger).toBeFocused();
});

test('an item of a menu may be a switch, or open a dialog that gives the focus back', async ({
  gallery,
}) => {
  const trigger = gallery.getByRole('button', { name: 'Room menu' });
  await trigger.click();
  const muted = gallery.getByRole('menuitemcheckbox', { name: 'Muted' });
  await expect(muted).toBeChecked();
  await muted.click();
  await trigger.click();
  await expect(muted).not.toBeChecked();
  await gallery.getByRole('menuitem', { name: 'Leave' }).click();
  await expect(gallery.getByRole('dialog', { name: 'Leave?' })).toBeVisible();
  await gallery.keyboard.press('Escape');
  await expect(gallery.getByRole('dialog')).toBeHidden();
  await expect(trigger).toBeFocused();
});

test('a context menu opens by a right click and by its key, each for what is pressed', async ({
  gallery,
}) => {
  const rows = gallery.locator('.rows');
  await rows.getByRole('button', { name: 'Sam' }).click({ button: 'right' });
  await gallery.getByRole('menuitem', { name: 'Copy Sam' }).click();
  await expect(gallery.getByTestId('done')).toHaveText('copied Sam');

  const alex = rows.getByRole('button', { name: 'Alex' });
  await alex.press('Shift+F10');
  await expect(gallery.getByRole('menuitem', { name: 'Copy Alex' })).toBeFocused();
  await gallery.keyboard.press('Escape');
  await expect(gallery.getByRole('menu')).toBeHidden();
  await expect(alex).toBeFocused();

  await rows.getByText('Nobody').click({ button: 'right' });
  await expect(gallery.getByRole('menu')).toBeHidden();
});

test('a tooltip comes to the pointer and to the keyboard, and goes on Esc', async ({ gallery }) => {
  const button = gallery.getByRole('button', { name: 'Leave', exact: true });
  const tooltip = gallery.getByRole('tooltip', { name: 'You can come back' });
  await expect(button).toHaveAccessibleDescription('You can come back at any time');
  await button.hover();
  await expect(tooltip).toBeVisible();
  await gallery.mouse.move(0, 0);
  await expect(tooltip).toBeHidden();
  await gallery.getByRole('button', { name: 'Show people' }).focus();
  await gallery.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await expect(tooltip).toBeVisible();
  await gallery.keyboard.press('Escape');
  await expect(tooltip).toBeHidden();
  await expect(button).toBeFocused();
});

test('tabs are one stop of Tab, and arrow keys go from one to the next', async ({ gallery }) => {
  const tab = (name: string) => gallery.getByRole('tab', { name });
  await tab('Messages').focus();
  await gallery.keyboard.press('ArrowRight');
  await expect(tab('Files')).toBeFocused();
  await expect(gallery.getByRole('tabpanel', { name: 'Files' })).toHaveText('No file was found.');
  await gallery.keyboard.press('End');
  await expect(tab('People')).toBeFocused();
  await gallery.keyboard.press('ArrowRight');
  await expect(tab('Messages')).toHaveAttribute('aria-selected', 'true');
  await gallery.keyboard.press('Tab');
  await expect(gallery.getByRole('tabpanel')).toBeFocused();
});

test('a toast can be answered, and waits for whoever is at it', async ({ gallery }) => {
  const opener = gallery.getByRole('button', { name: 'Toast with an action' });
  const toasts = gallery.getByRole('region', { name: 'Notices' }).getByRole('listitem');
  await gallery.clock.install();
  await opener.click();
  await toasts.getByRole('button', { name: 'Undo' }).focus();
  await gallery.clock.fastForward(60_000);
  await gallery.keyboard.press('Enter');
  await expect(toasts).toHaveText(['The message is back.']);
  await expect(opener).toBeFocused();
  await gallery.clock.fastForward(6_000);
  await expect(toasts).toHaveCount(0);
});

test('a shortcut works in its part of the page, and rests below what is open', async ({
  gallery,
}) => {
  const last = gallery.getByTestId('shortcut');
  await gallery.getByLabel('Your name').press('?');
  await expect(gallery.getByLabel('Your name')).toHaveValue('?');
  await expect(last).toHaveText('none');
  await gallery.getByLabel('Your name').press('ControlOrMeta+k');
  await expect(last).toHaveText('switch');
  await gallery.getByRole('button', { name: 'A message' }).press('e');
  await expect(last).toHaveText('edit');
  await gallery.getByRole('button', { name: 'Sheet' }).click();
  await gallery.getByRole('button', { name: 'Close' }).press('?');
  await expect(last).toHaveText('edit');
  await gallery.keyboard.press('Escape');
  await gallery.getByRole('button', { name: 'Sheet' }).press('?');
  await expect(last).toHaveText('help');
});

test.describe('with a finger', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });

  test('a long press opens the context menu, and is no click besides', async ({ gallery }) => {
    const row = gallery.locator('.rows').getByRole('button', { name: 'Sam' });
    await row.scrollIntoViewIfNeeded();
    const box = await row.boundingBox();
    const finger = await gallery.context().newCDPSession(gallery);
    const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 };
    const press = (type: 'touchStart' | 'touchEnd') =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchStart' ? [point] : [],
      });
    await row.evaluate((element) =>
      element.addEventListener('pointerdown', () => element.setAttribute('data-down', '')),
    );
    await gallery.clock.install();
    await press('touchStart');
    await expect(row).toHaveAttribute('data-down', '');
    await gallery.clock.fastForward(600);
    await press('touchEnd');
    await expect(gallery.getByRole('menuitem', { name: 'Copy Sam' })).toBeVisible();
    await expect(gallery.getByTestId('done')).toHaveText('nothing');
    await gallery.getByRole('menuitem', { name: 'Copy Sam' }).tap();
    await expect(gallery.getByTestId('done')).toHaveText('copied Sam');
  });
});
