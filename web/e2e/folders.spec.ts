import type { Locator, Page } from '@playwright/test';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

const list = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const folder = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** All that the list has, from the top: headings and rooms. */
const rows = (page: Page) => list(page).locator('.heading, [data-room] .title');

/** The menu comes in a file of its own, a moment after the list. */
async function choose(page: Page, press: () => Promise<void>, item: string): Promise<void> {
  const wanted = page.getByRole('menuitem', { name: item });
  await expect(async () => {
    await press();
    await expect(wanted).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await wanted.click();
}

async function moveIntoNew(alex: Person, room: string, name: string): Promise<void> {
  const { page } = alex;
  await choose(page, () => alex.room(room).click({ button: 'right' }), 'Move to a folder…');
  const dialog = page.getByRole('dialog', { name: `Move ${room} to a folder` });
  await dialog.getByLabel('Folder', { exact: true }).selectOption('New folder');
  await dialog.getByLabel('Name of the folder').fill(name);
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(folder(page, name)).toBeVisible();
}

const within = (rows: Locator) => rows.allTextContents();

test('rooms stand in folders of their own making, with a mouse', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.createRoom('Tea');
  await moveIntoNew(alex, 'Tea', 'After work');
  await moveIntoNew(alex, 'General', 'Office');
  await expect
    .poll(() => within(rows(page)))
    .toEqual(expect.arrayContaining(['After work', 'Tea', 'Office', 'General', 'Rooms']));
  await expect(rows(page)).toContainText(['After work', 'Tea', 'Office', 'General', 'Rooms']);

  await choose(
    page,
    () => page.getByRole('button', { name: 'More about Office' }).click(),
    'Move up',
  );
  await expect(rows(page)).toContainText(['Office', 'General', 'After work', 'Tea', 'Rooms']);
  await choose(
    page,
    () => page.getByRole('button', { name: 'More about Office' }).click(),
    'Rename…',
  );
  await page.getByLabel('Name of the folder').fill('Harbour');
  await page.getByRole('button', { name: 'Save' }).click();

  // Folded it is the next time, too, but for the room on show.
  await folder(page, 'Harbour').click();
  await page.reload();
  await expect(folder(page, 'Harbour')).toHaveAttribute('aria-expanded', 'false');
  await expect(alex.room('General')).toBeHidden();
  await expect(alex.room('Tea')).toBeVisible();

  await choose(page, () => folder(page, 'Harbour').click({ button: 'right' }), 'Delete folder');
  await expect(folder(page, 'Harbour')).toBeHidden();
  await expect(rows(page)).toContainText(['After work', 'Tea', 'Rooms', 'General']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(folder(page, 'Harbour')).toBeVisible();
});

test('a room is put into a folder and taken out of it by the keyboard alone', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.createRoom('Tea');
  await alex.room('Tea').focus();
  const item = page.getByRole('menuitem', { name: 'Move to a folder…' });
  const open = () =>
    expect(async () => {
      await page.keyboard.press('Shift+F10');
      await expect(item).toBeVisible({ timeout: 1_000 });
    }).toPass();
  await open();
  await page.keyboard.type('mov');
  await page.keyboard.press('Enter');
  // Without a folder one begins with the name of the first.
  await expect(page.getByLabel('Name of the folder')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Give the folder a name.')).toBeVisible();
  await page.keyboard.type('Kitchen');
  await page.keyboard.press('Enter');
  await expect(folder(page, 'Kitchen')).toBeVisible();
  await expect(rows(page)).toContainText(['Kitchen', 'Tea', 'Rooms']);
  await expect(alex.room('Tea')).toBeFocused();

  await open();
  await page.keyboard.type('mov');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Folder', { exact: true })).toBeFocused();
  await page.keyboard.type('None');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is in here yet.')).toBeVisible();
  await expect(rows(page)).toContainText(['Kitchen', 'Rooms', 'General', 'Tea']);
});

test('what is muted stands at the end of the list', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.createRoom('Tea');
  await alex.composer.fill('/mute 1h');
  await alex.composer.press('Enter');
  await expect(folder(page, 'Muted')).toBeVisible();
  await expect(rows(page)).toContainText(['Rooms', 'General', 'Direct messages', 'Muted', 'Tea']);
  await alex.composer.fill('/unmute');
  await alex.composer.press('Enter');
  await expect(folder(page, 'Muted')).toBeHidden();
});

test('what one person has deleted is not given back to the next one', async ({ alex }) => {
  const { page } = alex;
  const undo = page.getByRole('button', { name: 'Undo' });
  await alex.signIn();
  await moveIntoNew(alex, 'General', 'Harbour');
  await choose(page, () => folder(page, 'Harbour').click({ button: 'right' }), 'Delete folder');
  await expect(undo).toBeVisible();
  await alex.signOut();
  // Without loading the page anew.
  await alex.fillIn('General');
  await expect(alex.room('General')).toBeVisible();
  // It would go by itself in a moment.
  expect(await undo.isVisible()).toBe(false);
});
