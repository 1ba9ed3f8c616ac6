import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';

test('what one begins to write on one device is there on the other, until it is sent', async ({
  alex,
  person,
  sam,
}) => {
  const phone = await person('Alex');
  await sam.signIn();
  await alex.open();
  await alex.register(PASSWORD);
  await phone.open();
  await phone.enterWith(PASSWORD);
  await expect(phone.composer).toHaveValue('');

  await alex.composer.fill('as I was about to say');
  await expect(phone.composer).toHaveValue('as I was about to say');
  // Who goes on with it here has the last word.
  await phone.composer.fill('as I was about to say, and more');
  await expect(alex.composer).toHaveValue('as I was about to say, and more');
  // What is begun is there after a reload of a device that knew nothing of it.
  await phone.page.evaluate(() => {
    for (const name of Object.keys(localStorage).filter((each) => each.includes('draft'))) {
      localStorage.removeItem(name);
    }
  });
  await phone.page.reload();
  await expect(phone.composer).toHaveValue('as I was about to say, and more');
  await phone.composer.press('Enter');
  await expect(sam.message('as I was about to say, and more')).toBeVisible();
  await expect(alex.composer).toHaveValue('');
});

test('what one has begun in other rooms is listed, leads there, and is thrown away with a second thought', async ({
  alex,
}) => {
  const { page } = alex;
  await alex.signIn();
  await alex.createRoom('Tea');
  const drafts = page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: 'Drafts' });
  await alex.composer.fill('**two** sugars, or');
  // What one writes just now is in sight.
  await expect(drafts).toBeHidden();
  await alex.enter('General');
  await expect(drafts).toHaveText(/Drafts\s*1$/);
  await drafts.click();
  const pane = page.getByRole('complementary', { name: 'Drafts' });
  await pane.getByRole('link', { name: 'two sugars, or' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tea');
  await expect(alex.composer).toHaveValue('**two** sugars, or');
  await expect(drafts).toBeHidden();

  await alex.enter('General');
  await drafts.click();
  await pane.getByRole('button', { name: 'Discard the draft in' }).click();
  await expect(pane.getByText('No drafts elsewhere')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(pane.getByRole('link', { name: 'two sugars, or' })).toBeVisible();
  await pane.getByRole('button', { name: 'Discard the draft in' }).click();
  await expect(drafts).toBeHidden();
  await alex.enter('Tea');
  await expect(alex.composer).toHaveValue('');
});
