import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';
import { numbered } from './fixtures/voices';

test('an old message is found, shown, and one comes back to what was found', async ({
  alex,
  voices,
}) => {
  await voices.say('Kim', ['a red herring', ...numbered(1, 120)]);
  await alex.signIn();
  await alex.composer.press('ControlOrMeta+F');
  const pane = alex.page.getByRole('complementary', { name: 'Search messages' });
  const field = pane.getByRole('textbox', { name: 'What are you looking for?' });
  await expect(field).toBeFocused();
  await field.pressSequentially('HERR');
  const hit = pane.getByRole('link', { name: 'a red herring' });
  await expect(hit.locator('mark')).toHaveText('herr');
  await expect(hit).toContainText('Kim');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await field.press('ArrowDown');
  await expect(hit).toBeFocused();
  await hit.press('Enter');
  await expect(alex.page).toHaveURL(/general\/\d+[?]pane=search$/);
  await expect(alex.message('a red herring')).toBeInViewport();
  await expect(hit).toBeVisible();
  await alex.page.goBack();
  await expect(alex.page).toHaveURL(/general[?]pane=search$/);
  await expect(hit).toBeVisible();
  await expect(field).toHaveValue('HERR');
});

test('all rooms are searched, and a message in another one is shown there', async ({
  alex,
  voices,
}) => {
  await alex.signIn();
  await alex.enter('Tech');
  await alex.page.getByRole('button', { name: 'Join Tech' }).click();
  await voices.say('Kim', ['a herring of Tech'], 'tech');
  await expect(alex.message('a herring of Tech')).toBeVisible();
  await alex.enter('General');
  await alex.page.getByRole('button', { name: 'Search messages' }).click();
  const pane = alex.page.getByRole('complementary', { name: 'Search messages' });
  await pane.getByRole('textbox').fill('herring');
  await expect(pane.getByText('No message says that')).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await pane.getByRole('radio', { name: 'All rooms' }).check();
  const hit = pane.getByRole('link', { name: 'a herring of Tech' });
  await expect(hit).toContainText('Tech');
  await hit.click();
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('Tech');
  await expect(alex.message('a herring of Tech')).toBeInViewport();
  await expect(hit).toBeVisible();
  await alex.page.goBack();
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('General');
  await expect(hit).toBeVisible();
});

test('more is shown when it is asked for', async ({ alex, voices }) => {
  await voices.say('Kim', numbered(1, 30));
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Search messages' }).click();
  const pane = alex.page.getByRole('complementary', { name: 'Search messages' });
  await pane.getByRole('textbox').fill('message');
  await expect(pane.getByRole('listitem')).toHaveCount(20);
  await pane.getByRole('button', { name: 'Show more' }).click();
  await expect(pane.getByRole('listitem')).toHaveCount(30);
  await pane.getByRole('textbox').press('Escape');
  await expect(pane).toBeHidden();
  await expect(alex.page.getByRole('button', { name: 'Search messages' })).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({
    contextOptions: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });

  test('the message takes the place of what was found, and a step back brings that again', async ({
    alex,
    voices,
  }) => {
    await voices.say('Kim', ['a red herring', ...numbered(1, 60)]);
    await alex.signIn();
    await alex.page.getByRole('button', { name: 'Search messages' }).click();
    const sheet = alex.page.getByRole('dialog', { name: 'Search messages' });
    await sheet.getByRole('textbox').fill('herring');
    const hit = sheet.getByRole('link', { name: 'a red herring' });
    await expect(hit).toBeVisible();
    expect(await seriousProblems(alex.page)).toEqual([]);
    await hit.tap();
    await expect(sheet).toBeHidden();
    await expect(alex.message('a red herring')).toBeInViewport();
    await alex.page.goBack();
    await expect(hit).toBeVisible();
  });
});
