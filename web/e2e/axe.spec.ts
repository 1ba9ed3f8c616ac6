import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { fillPanes, PANES, showPane } from './fixtures/panes';
import { expect, test } from './fixtures/test';

/** What opens above the page, by its name in the client: the texts of the made-up language are read by nobody. */
const DIALOGS = [
  'switcher',
  'shortcuts',
  'publicRoom',
  'conversation',
  'browse',
  'moveRoom',
  'folder',
  'account',
  'link',
  'invite',
  'admin',
  'settings',
  'signOut',
] as const;

/** Those that have something in them. */
const LISTS: readonly string[] = ['pins', 'threads', 'saved', 'activity', 'scheduled'];

/** With whom a room has many people. */
const CROWD = Array.from({ length: 9 }, (_, index) => `Voice ${index}`);

/** Opens a dialog, or closes whatever is open. */
async function show(page: Page, dialog: string | null): Promise<void> {
  await page.evaluate((name) => {
    const app = document.querySelector('#app') as unknown as {
      _vnode: { appContext: { config: { globalProperties: { $pinia: Pinia } } } };
    };
    type Pinia = { _s: Map<string, { shown: unknown }> };
    const dialogs = app._vnode.appContext.config.globalProperties.$pinia._s.get('dialogs');
    if (dialogs !== undefined) {
      dialogs.shown = name;
    }
  }, dialog);
  await expect(page.locator('dialog[open]')).toHaveCount(dialog === null ? 0 : 1);
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

/** Looks at the whole page, or at the part that is new: what lies behind a dialog is out of reach, and was looked at. */
async function look(page: Page, name: string, part?: string): Promise<void> {
  expect(await violations(page, part), name).toEqual([]);
}

// What a theme decides does not hang on the direction, so two of the four are enough.
for (const [direction, colorScheme] of [
  ['ltr', 'light'],
  ['rtl', 'dark'],
] as const) {
  test(`no view does anything against WCAG 2.2 AA, ${direction} and ${colorScheme}`, async ({
    alex,
    server,
    voices,
  }) => {
    const { page } = alex;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.addInitScript((language) => {
      localStorage.setItem('chinwag.language', JSON.stringify(language));
    }, 'en');
    await alex.open(`/${await server.ownersInvitation()}`);
    await alex.register('correct horse battery');
    await voices.say('Kim', [
      'see `code` at https://example.org',
      '/me waves',
      '> quoted\n**bold**',
    ]);
    await alex.say('hello @Kim');
    await expect(alex.message('hello @Kim')).toBeVisible();
    await fillPanes(alex, voices);
    if (direction === 'rtl') {
      await page.addInitScript(() => localStorage.setItem('chinwag.language', '"pseudo"'));
      await page.reload();
    }
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    await expect(alex.log.getByText('bold')).toBeVisible();
    await look(page, 'conversation');

    for (const dialog of DIALOGS) {
      await show(page, dialog);
      // Each of the tabs shows something else.
      const tabs = page.locator('dialog[open] [role=tab]');
      for (let index = 0; index < Math.max(1, await tabs.count()); index += 1) {
        if ((await tabs.count()) > 0) {
          await tabs.nth(index).click();
          await expect(page.locator('.skeleton')).toHaveCount(0);
        }
        await look(page, `${dialog} ${index}`, 'dialog[open]');
      }
      await show(page, null);
    }
    for (const pane of [...PANES, 'drafts']) {
      await showPane(page, pane);
      await look(page, pane, '#right-pane');
      if (LISTS.includes(pane)) {
        await expect(page.locator('#right-pane li').first(), pane).toBeVisible();
      }
    }
    await showPane(page, 'scheduled');
    await page.locator('#right-pane li button').first().click();
    await expect(page.locator('dialog[open]')).toHaveCount(1);
    await look(page, 'another time', 'dialog[open]');
    await page.keyboard.press('Escape');
    // All that the menu of a room opens: what stands beside the conversation, and what pins it, opens no dialog.
    const opener = page.locator('header [aria-haspopup=menu]').last();
    for (const item of [2, 4, 5, 6]) {
      await opener.click();
      await page.locator('[role=menuitem]').nth(item).click();
      await expect(page.locator('dialog[open]')).toHaveCount(1);
      await expect(page.locator('.skeleton')).toHaveCount(0);
      await look(page, `room menu ${item}`, 'dialog[open]');
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog[open]')).toHaveCount(0);
    }
    // Whether so many are really to be called.
    await Promise.all(CROWD.map((name) => voices.say(name, ['hi'])));
    await page.goto(`${alex.line.url}/rooms/general`);
    await expect(page.locator('[data-pane=people] .count')).toHaveText('12');
    const field = page.locator('form.composer textarea');
    await field.fill('@room look');
    await field.press('Enter');
    await expect(page.locator('dialog[open]')).toHaveCount(1);
    await look(page, 'calling many', 'dialog[open]');
    await page.keyboard.press('Escape');
    await page.goto(`${alex.line.url}/rooms/nowhere`);
    await expect(page.locator('.notice')).toBeVisible();
    await look(page, 'no such room');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(alex.line.url);
    await expect(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
    await look(page, 'rooms on a phone');
    await alex.context.clearCookies();
    await page.evaluate(() => localStorage.removeItem('chinwag.session'));
    await page.reload();
    await expect(page.locator('form, [role=tablist]').first()).toBeVisible();
    await look(page, 'sign-in');
  });
}
