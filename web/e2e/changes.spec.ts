import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('a message is edited by its menu and by the arrow key, and everybody sees it', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('Hello, Sma');
  await alex.openMenu('Hello, Sma');
  await alex.page.getByRole('menuitem', { name: 'Edit…' }).click();
  const field = alex.page.getByRole('textbox', { name: 'Text of the message' });
  await expect(field).toBeFocused();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await field.fill('');
  await field.press('Enter');
  await expect(alex.page.getByRole('alert')).toHaveText(
    'A message needs some text. Delete it instead.',
  );
  await field.fill('Hello, Sam');
  await field.press('Enter');
  await expect(field).toBeHidden();
  await expect(sam.message('Hello, Sam')).toContainText('edited');
  await expect(sam.message('Hello, Sma')).toHaveCount(0);

  // The author's own event may come after the one that Sam got.
  await expect(alex.message('Hello, Sam')).toContainText('edited');

  await alex.composer.press('ArrowUp');
  await expect(field).toHaveValue('Hello, Sam');
  await field.pressSequentially('!');
  await field.press('Enter');
  await expect(sam.message('Hello, Sam!')).toBeVisible();
  await sam.page.reload();
  await expect(sam.message('Hello, Sam!')).toContainText('edited');
});

test('a message is deleted for everybody, and a line says so', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('a slip of the tongue');
  await sam.openMenu('a slip of the tongue');
  await expect(sam.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await expect(sam.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await sam.page.keyboard.press('Escape');
  await alex.openMenu('a slip of the tongue');
  await alex.page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(alex.log.getByText('This message was deleted.')).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  for (const person of [alex, sam]) {
    await expect(person.log.getByText('This message was deleted.')).toBeVisible();
    await expect(person.message('a slip of the tongue')).toHaveCount(0);
  }
});

test('whoever made a room deletes what others write in it, by the keyboard', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.createRoom('Coffee');
  await sam.open('/rooms/coffee');
  await sam.page.getByRole('button', { name: 'Join' }).click();
  await sam.say('buy my watches');
  const link = alex.message('buy my watches').locator('a.permalink');
  await link.focus();
  await link.press('Shift+F10');
  // Its file comes with the first menu.
  await expect(alex.page.getByRole('menu')).toBeVisible();
  await alex.page.keyboard.press('ArrowDown');
  await alex.page.keyboard.press('End');
  await alex.page.keyboard.press('Enter');
  await expect(sam.log.getByText('This message was deleted.')).toBeVisible();
});

test('a deletion is taken back within five seconds, by the button and by the keyboard', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('think twice');
  await expect(sam.message('think twice')).toBeVisible();
  const link = alex.message('think twice').locator('a.permalink');
  await expect(link).toBeAttached();
  for (const undo of [
    () => alex.page.getByRole('button', { name: 'Undo' }).click(),
    () => alex.page.keyboard.press('ControlOrMeta+z'),
  ]) {
    await link.focus();
    await alex.page.keyboard.press('Delete');
    await expect(alex.message('think twice')).toHaveCount(0);
    await expect(alex.page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await undo();
    await expect(alex.message('think twice')).toBeVisible();
    await expect(alex.page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  }
  // Nothing was sent, and nothing is left to be.
  expect(await alex.deliveries()).toEqual([]);
  await expect(sam.message('think twice')).toBeVisible();
});

test('a page that is left sends what it still held', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('in a hurry');
  const link = alex.message('in a hurry').locator('a.permalink');
  await link.focus();
  await alex.page.keyboard.press('Delete');
  await expect(alex.message('in a hurry')).toHaveCount(0);
  await alex.page.goto('about:blank');
  await expect(sam.log.getByText('This message was deleted.')).toBeVisible({ timeout: 3_000 });
});
