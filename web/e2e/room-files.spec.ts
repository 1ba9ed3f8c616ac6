import { seriousProblems } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('the files of a room stand in a list, and each leads to its message', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await alex.page.getByRole('button', { name: 'More about General' }).click();
  await alex.page.getByRole('menuitem', { name: 'Files' }).click();
  await expect(alex.page.getByText('Nothing was shared in this room yet')).toBeVisible();

  // What comes while one looks is there as well.
  const share = (name: string, type: string, buffer: Buffer) =>
    sam.page.locator('input[type=file]').first().setInputFiles({ name, mimeType: type, buffer });
  await expect(sam.page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  await share('plan.txt', 'text/plain', Buffer.from('This is the plan'));
  await sam.say('the plan');
  const list = alex.page.getByRole('list', { name: 'Files of this room' });
  await expect(list.getByRole('link', { name: 'plan.txt', exact: true })).toBeVisible();
  const picture = await sam.page.screenshot();
  await share('look.png', 'image/png', picture);
  await sam.say('look at this');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem').first()).toContainText('look.png');
  expect(await seriousProblems(alex.page)).toEqual([]);

  const image = list.getByRole('button', { name: 'View look.png' });
  await expect
    .poll(() => image.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);
  await image.click();
  await expect(alex.page.getByRole('dialog', { name: 'look.png' })).toBeVisible();
  await alex.page.keyboard.press('Escape');
  for (let count = 0; count < 40; count += 1) {
    await sam.say(`line ${count}`);
  }
  await expect(alex.message('line 39')).toBeVisible();
  await list.getByRole('link', { name: 'Go to the message with plan.txt' }).click();
  await expect(alex.message('the plan')).toBeInViewport();

  // In a narrow window it is a sheet, which goes when one goes to a message.
  await alex.page.setViewportSize({ width: 390, height: 844 });
  const sheet = alex.page.getByRole('dialog', { name: 'Files' });
  await expect(sheet.getByRole('link', { name: 'look.png', exact: true })).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  await sheet.getByRole('link', { name: 'Go to the message with look.png' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(alex.message('look at this')).toBeInViewport();
});
