import type { Page } from '@playwright/test';
import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

/** Stands for the notifications of the system, which the browser of the tests does not have. */
async function stubNotifications(page: Page, permission = 'granted'): Promise<void> {
  await page.addInitScript((first) => {
    const shown: { title: string; body: string; click: () => void; closed: boolean }[] = [];
    let asked = 0;
    class Stub {
      static permission = first;
      static async requestPermission() {
        asked += 1;
        Stub.permission = 'granted';
        return 'granted';
      }
      onclick: (() => void) | null = null;
      onclose: (() => void) | null = null;
      private readonly entry;
      constructor(title: string, { body }: { body: string }) {
        this.entry = { title, body, closed: false, click: () => this.onclick?.() };
        shown.push(this.entry);
      }
      close() {
        this.entry.closed = true;
        this.onclose?.();
      }
    }
    Object.assign(window, { Notification: Stub, shownNotifications: shown, asked: () => asked });
    // Whether somebody looks is said by the test.
    let looks = true;
    document.hasFocus = () => looks;
    Object.assign(window, {
      look: (next: boolean) => {
        looks = next;
        window.dispatchEvent(new Event(next ? 'focus' : 'blur'));
      },
    });
  }, permission);
}

const look = (page: Page, next: boolean) =>
  page.evaluate((on) => (window as never as { look: (on: boolean) => void }).look(on), next);

const shown = (page: Page) =>
  page.evaluate(() =>
    (
      window as never as { shownNotifications: { title: string; body: string; closed: boolean }[] }
    ).shownNotifications.map(({ title, body, closed }) => ({ title, body, closed })),
  );

test('a mention is shown while one looks elsewhere, and a click leads to it', async ({
  alex,
  sam,
}) => {
  const { page } = alex;
  await stubNotifications(page);
  await alex.signIn();
  await alex.enter('Tech');
  await sam.signIn();
  await expect(alex.room('General')).toBeVisible();
  const me = await page.evaluate(() => JSON.parse(localStorage['chinwag.session']).user.userId);
  await sam.say(`<@${me}> while you look`);
  await expect(alex.room('General')).toContainText('1 mention');
  await look(page, false);
  await sam.say('for everybody');
  await sam.say(`<@${me}> **tea** is ready`);
  await expect
    .poll(() => shown(page))
    .toEqual([{ title: 'Sam in #general', body: '@Alex tea is ready', closed: false }]);
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('data-count', '2');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:image\/png/);
  await page.evaluate(() => {
    const [first] = (window as never as { shownNotifications: { click: () => void }[] })
      .shownNotifications;
    first?.click();
  });
  await look(page, true);
  await expect(page).toHaveURL(/\/rooms\/general\/\d+$/);
  await expect(alex.log.getByText('is ready')).toBeVisible();
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /favicon\.svg$/);
});

test('a mention in another room is told of within the page, and a press leads to it', async ({
  alex,
  sam,
}) => {
  const { page } = alex;
  await stubNotifications(page);
  await alex.signIn();
  await alex.createRoom('Tea');
  await sam.signIn();
  await expect(alex.room('General')).toBeVisible();
  const me = await page.evaluate(() => JSON.parse(localStorage['chinwag.session']).user.userId);
  const toasts = page.getByRole('region', { name: 'Notices' }).getByRole('listitem');
  await alex.composer.fill('half a sentence');
  await sam.say('for everybody');
  await sam.say(`<@${me}> **tea** is ready`);
  await expect(toasts).toHaveCount(1);
  await expect(toasts).toContainText(/Sam in #general.*: .*@Alex tea is ready/);
  await expect(alex.composer).toBeFocused();
  expect(await seriousProblems(page)).toEqual([]);
  await toasts.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/\/rooms\/general\/\d+$/);
  await expect(alex.log.getByText('is ready')).toBeInViewport();
  await expect(toasts).toHaveCount(0);

  // Not of the room on show, and of none in which one wants to hear nothing.
  await sam.say(`<@${me}> you see this one`);
  await expect(alex.log.getByText('you see this one')).toBeVisible();
  await alex.enter('Tea');
  await sam.say(`<@${me}> and this one is elsewhere`);
  await expect(toasts).toContainText('and this one is elsewhere');
  // What is read is no news any more.
  await alex.enter('General');
  await expect(toasts).toHaveCount(0);
  await alex.say('/mute 1h');
  await alex.enter('Tea');
  await expect(alex.room('General')).toContainText('muted');
  await sam.say(`<@${me}> quietly`);
  await expect(alex.room('General')).toContainText('1 mention');
  await expect(toasts).toHaveCount(0);
  expect(await shown(page)).toEqual([]);
});

test('who is in a room before joining it, or at the list on a phone, is told as well', async ({
  alex,
  sam,
}) => {
  const { page } = alex;
  await alex.signIn();
  const me = await page.evaluate(() => JSON.parse(localStorage['chinwag.session']).user.userId);
  const toasts = page.getByRole('region', { name: 'Notices' }).getByRole('listitem');
  await alex.enter('Tech');
  await sam.signIn();
  await sam.say(`<@${me}> are you coming?`);
  await expect(toasts).toContainText('are you coming?');
  await toasts.getByRole('button', { name: 'Close' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${alex.line.url}/`);
  await expect(alex.room('General')).toContainText('1 mention');
  await sam.say(`<@${me}> or not?`);
  await expect(toasts).toContainText('or not?');
});

test('one window of a browser notifies, and none while another one is looked at', async ({
  alex,
  sam,
}) => {
  await stubNotifications(alex.page);
  await alex.signIn();
  const second = await alex.context.newPage();
  await stubNotifications(second);
  await second.goto(alex.page.url());
  await expect(second.getByRole('textbox', { name: /^Message #/ })).toBeVisible();
  const me = await second.evaluate(() => JSON.parse(localStorage['chinwag.session']).user.userId);
  await look(alex.page, false);
  await sam.signIn();
  await sam.say(`<@${me}> one looks`);
  await expect(second.getByText('one looks')).toBeVisible();
  await expect(alex.page.getByText('one looks')).toBeAttached();
  await look(second, false);
  await sam.say(`<@${me}> nobody looks`);
  const all = async () => [...(await shown(alex.page)), ...(await shown(second))];
  await expect
    .poll(async () => (await all()).map(({ body }) => body))
    .toEqual(['@Alex nobody looks']);
});

test('a muted room is dimmed, is not unread, and counts mentions', async ({ alex, sam }) => {
  const { page } = alex;
  await stubNotifications(page);
  await alex.signIn();
  await alex.composer.fill('/mute a while');
  await alex.composer.press('Enter');
  await expect(page.getByText(/Say for how long/)).toBeVisible();
  await alex.composer.fill('/mute 1h');
  await alex.composer.press('Enter');
  await expect(alex.room('General')).toContainText('muted');
  await alex.enter('Tech');
  await look(page, false);
  await sam.signIn();
  await sam.say('quietly');
  const me = await page.evaluate(() => JSON.parse(localStorage['chinwag.session']).user.userId);
  await sam.say(`<@${me}> you there?`);
  await expect(alex.room('General')).toContainText('1 mention');
  await expect(alex.room('General')).not.toContainText('unread');
  await expect(page).toHaveTitle(/^\(1\)/);
  expect(await shown(page)).toEqual([]);
  await page.reload();
  await expect(alex.room('General')).toContainText('muted');
  await page.getByRole('button', { name: 'Close' }).count();
  await alex.enter('General');
  await page.getByRole('button', { name: 'More about General' }).click();
  await page.getByRole('menuitem', { name: 'Notifications…' }).click();
  await expect(page.getByText(/Muted until/)).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Unmute' }).click();
  await expect(page.getByText(/Muted until/)).toBeHidden();
  await page.getByRole('radio', { name: 'Everything', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(alex.room('General')).not.toContainText('muted');
  await alex.enter('Tech');
  await look(page, false);
  await sam.say('everything counts');
  await expect
    .poll(async () => (await shown(page)).map(({ body }) => body))
    .toEqual(['everything counts']);
});

test('what is set on one device is so on the other', async ({ alex, person }) => {
  const { page } = alex;
  await stubNotifications(page, 'default');
  await alex.open();
  await alex.register('a long enough password');
  const phone = await person('Alex');
  await phone.open();
  await phone.enterWith('a long enough password');
  await expect(phone.composer).toBeVisible();
  await phone.chooseOwn('Settings');
  await alex.chooseOwn('Settings');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  expect(await page.evaluate(() => (window as never as { asked: () => number }).asked())).toBe(0);
  await settings.getByRole('button', { name: 'Allow in this browser' }).click();
  await expect(settings.getByRole('button', { name: 'Allow in this browser' })).toBeHidden();
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await settings.getByRole('radio', { name: 'Everything', exact: true }).check();
  await settings.getByLabel('Keywords').fill('tea, Tea, coffee ,');
  await settings.getByLabel('Keywords').press('Enter');
  await settings.getByRole('checkbox', { name: 'Do not disturb at night' }).check();
  await settings.getByLabel('From', { exact: true }).fill('21:30');
  const other = phone.page.getByRole('dialog', { name: 'Settings' });
  await expect(phone.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.getByRole('radio', { name: 'Everything', exact: true })).toBeChecked();
  await expect(other.getByLabel('Keywords')).toHaveValue('tea, coffee');
  await expect(other.getByLabel('From', { exact: true })).toHaveValue('21:30');
  await other.getByRole('radio', { name: 'Compact' }).check();
  await expect(settings.getByRole('radio', { name: 'Compact' })).toBeChecked();
  expect(await seriousProblems(page)).toEqual([]);
});
