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
