import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('the client speaks German, and writes dates so', async ({ alex }) => {
    const { page } = alex;
    await alex.open();
    await page.getByLabel('Dein Name').fill('Alex');
    await page.getByLabel('Dein Name').press('Enter');
    const composer = page.getByRole('textbox', { name: 'Nachricht an #general' });
    await expect(composer).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await composer.fill('Guten Tag');
    await composer.press('Enter');
    await expect(alex.log.getByText('Heute')).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option', { name: 'Raum anlegen' })).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);
  });
});

test('another language is there at once, and after a reload', async ({ alex }) => {
  const { page } = alex;
  await alex.signIn();
  await alex.chooseOwn('Settings');
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Konto von Alex' })).toBeVisible();
  await page.getByRole('button', { name: 'Konto von Alex' }).click();
  await page.getByRole('button', { name: 'Einstellungen' }).click();
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('nothing is cut off or runs out of the window where texts are long and run the other way', async ({
  alex,
}) => {
  const { page } = alex;
  await alex.signIn();
  await alex.say('Hello there');
  await page.evaluate(() => localStorage.setItem('chinwag.language', '"pseudo"'));
  // What the account chose itself would be first; it has chosen none.
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await expect(alex.message('Hello there')).toBeVisible();
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(overflow).toBe(0);
  }
  expect(await seriousProblems(page)).toEqual([]);
});
