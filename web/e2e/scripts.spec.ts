import { expect, test } from './fixtures/test';

/** Where a room is, as the browser tells it. */
const at = (slug: string) => new RegExp(`/rooms/${encodeURIComponent(slug)}$`);

test('a room of another script has its own address, which a link leads to', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await alex.page.getByRole('button', { name: 'Create a room' }).click();
  await alex.page.getByLabel('Title').fill('Комната 7');
  await expect(alex.page.getByLabel('Address')).toHaveValue('комната-7');
  await alex.page.getByRole('button', { name: 'Create room' }).click();
  await expect(alex.page).toHaveURL(at('комната-7'));
  await alex.say('привет');
  await alex.createRoom('会議室 7');
  await expect(alex.page).toHaveURL(at('会議室-7'));
  await expect(alex.message('привет')).toHaveCount(0);

  await sam.signIn();
  await sam.page.goto(new URL('/rooms/Комната 7', sam.page.url()).href);
  await sam.page.getByRole('button', { name: 'Join Комната 7' }).click();
  await expect(sam.message('привет')).toBeVisible();
  await sam.say('/join 会議室 7');
  await expect(sam.page).toHaveURL(at('会議室-7'));
});

test('whoever signs out has the name back in this browser, and nobody has it elsewhere', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await alex.say('/logout');
  await sam.open();
  await sam.page.getByLabel('Your name').fill('Alex');
  await sam.page.getByLabel('Your name').press('Enter');
  await expect(sam.page.getByRole('alert')).toContainText('has this name already');
  await alex.page.getByLabel('Your name').fill('Alex');
  await alex.page.getByLabel('Your name').press('Enter');
  await expect(alex.page.getByRole('button', { name: 'Account of Alex' })).toBeVisible();
});
