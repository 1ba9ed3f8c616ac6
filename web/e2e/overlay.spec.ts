import { serveClientFrom } from './fixtures/client-files';
import { expect, test } from './fixtures/test';

test('a lost connection is told above the page, which stays where it is', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.say('here I stay');
  const message = alex.message('here I stay');
  await expect(message).toBeVisible();
  await expect(page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  const top = (await message.boundingBox())?.y;
  alex.line.cut();
  await expect(page.getByText('The connection is lost.')).toBeVisible();
  expect((await message.boundingBox())?.y).toBe(top);
  await alex.comeBack();
  await expect(page.getByText('The connection is lost.')).toBeHidden();
});

for (const [width, isOpen] of [
  [1280, false],
  [1440, true],
] as const) {
  test(`at ${width} pixels the people are ${isOpen ? '' : 'not '}there without being asked`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    await serveClientFrom(process.env.CHINWAG_WEB_CLIENT, context);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.port}/`);
    await page.getByLabel('Your name').fill('Alex');
    await page.getByLabel('Your name').press('Enter');
    await expect(page.getByRole('textbox', { name: 'Message #general' })).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'People' })).toBeVisible({
      visible: isOpen,
    });
    await context.close();
  });
}
