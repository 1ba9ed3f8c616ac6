import { expect, test } from './fixtures/test';

test('with letters of twice the size one pane fills the window', async ({ alex }) => {
  const devtools = await alex.context.newCDPSession(alex.page);
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await alex.signIn();
  expect(await alex.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
    '32px',
  );
  await expect(alex.page.getByRole('navigation', { name: 'Rooms' })).toBeHidden();
  await expect(alex.page.getByRole('complementary')).toBeHidden();
  expect((await alex.log.boundingBox())?.width).toBe(1280);
  await alex.page.getByRole('button', { name: 'Back to the rooms' }).click();
  await expect(alex.composer).toBeHidden();
});
