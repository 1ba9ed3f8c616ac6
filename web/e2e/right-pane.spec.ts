import { expect, test } from './fixtures/test';

test('the people stand beside the conversation until one closes them, over a reload, too', async ({
  alex,
}) => {
  await alex.signIn();
  const people = alex.page.getByRole('complementary', { name: 'People' });
  await expect(people).toBeVisible();
  await people.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(people).toBeHidden();
  const show = alex.page.getByRole('button', { name: 'Show people' });
  await expect(show).toBeFocused();
  await alex.page.reload();
  await expect(alex.composer).toBeVisible();
  await expect(people).toBeHidden();
  await show.click();
  await expect(people).toBeVisible();
  await people.getByRole('button', { name: 'Close' }).press('Escape');
  await expect(people).toBeHidden();
  await expect(show).toBeFocused();
});

test('a step back closes a pane that was opened', async ({ alex }) => {
  await alex.signIn();
  const people = alex.page.getByRole('complementary', { name: 'People' });
  await alex.page.getByRole('button', { name: 'Hide people' }).click();
  await expect(people).toBeHidden();
  await alex.page.getByRole('button', { name: 'Show people' }).click();
  await expect(alex.page).toHaveURL(/[?]pane=people$/);
  await expect(people).toBeVisible();
  await alex.page.goBack();
  await expect(people).toBeHidden();
  await expect(alex.composer).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({
    contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });

  test('a step back closes the sheet and leaves one in the room', async ({ alex }) => {
    await alex.signIn();
    await alex.page.getByRole('button', { name: 'Show people' }).click();
    await expect(alex.page.getByRole('dialog')).toBeVisible();
    await alex.page.goBack();
    await expect(alex.page.getByRole('dialog')).toBeHidden();
    await expect(alex.composer).toBeVisible();
  });
});
