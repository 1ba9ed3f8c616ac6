import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

/** Opens somebody's card beside the name in the list of people. */
async function openCard(of: Person, name: string): Promise<void> {
  await of.page.getByRole('complementary').getByRole('button', { name }).click();
  await expect(of.page.getByRole('dialog', { name: `About ${name}` })).toBeVisible();
}

async function createPrivateRoom(of: Person, title: string, ...people: string[]): Promise<void> {
  const { page } = of;
  await page.getByRole('button', { name: 'Create a room' }).click();
  await page.getByRole('radio', { name: 'Private room' }).check();
  await page.getByLabel('Title').fill(title);
  for (const name of people) {
    await page.getByRole('checkbox', { name }).check();
  }
  await page.getByRole('button', { name: 'Create room' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
}

test('two people talk by a click on a name, in one conversation for both', async ({
  alex,
  sam,
  person,
}) => {
  await alex.signIn();
  await sam.signIn();
  const pat = await person('Pat');
  await pat.signIn();
  await openCard(alex, 'Sam');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(alex.page.getByRole('heading', { level: 1 })).toContainText('Sam');
  const write = (from: Person) => from.page.getByRole('textbox', { name: /^Message / });
  await write(alex).fill('Just for you');
  await write(alex).press('Enter');
  await expect(sam.room('Alex').getByText('1 unread')).toBeAttached();
  await openCard(sam, 'Alex');
  await sam.page.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(sam.message('Just for you')).toBeVisible();
  await write(sam).fill('And for you');
  await write(sam).press('Enter');
  await expect(alex.message('And for you')).toBeVisible();
  expect(new URL(sam.page.url()).pathname).toBe(new URL(alex.page.url()).pathname);
  // What would have come to somebody else has come by now.
  await pat.say('Hello everybody');
  await expect(pat.message('Hello everybody')).toBeVisible();
  await expect(pat.page.getByRole('navigation').getByText('Alex')).toHaveCount(0);
  await expect(pat.page.getByRole('navigation').getByText('Sam')).toHaveCount(0);
  await pat.page.goto(pat.line.url + new URL(alex.page.url()).pathname);
  await expect(
    pat.page.getByRole('heading', { name: 'There is no such conversation' }),
  ).toBeVisible();
});

test('a private room is there for those who are in it, and for nobody else', async ({
  alex,
  sam,
  person,
}) => {
  await alex.signIn();
  await sam.signIn();
  const pat = await person('Pat');
  await pat.signIn();
  await createPrivateRoom(alex, 'Plans', 'Sam');
  await expect(
    alex.page.getByRole('navigation').getByRole('link', { name: /Plans.*private/ }),
  ).toBeVisible();
  await alex.page.getByRole('textbox', { name: 'Message Plans' }).fill('Among us');
  await alex.page.getByRole('textbox', { name: 'Message Plans' }).press('Enter');
  await sam.enter('Plans');
  await expect(sam.message('Among us')).toBeVisible();
  // A public room that is made afterwards is told of; whatever comes of the private one would have come before.
  await alex.createRoom('Tea');
  await expect(pat.room('Tea')).toBeVisible();
  await expect(pat.room('Plans')).toHaveCount(0);
  await pat.page.getByRole('button', { name: 'Browse rooms' }).click();
  await pat.page.getByLabel('Search rooms').fill('Plans');
  await expect(pat.page.getByText('No room is called like that')).toBeVisible();
  await pat.page.goto(pat.line.url + new URL(sam.page.url()).pathname);
  await expect(pat.page.getByRole('heading', { name: /There is no room called/ })).toBeVisible();
});

test('whoever is taken out while typing is told so, and hears nothing more', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await createPrivateRoom(alex, 'Plans', 'Sam');
  await sam.enter('Plans');
  const composer = sam.page.getByRole('textbox', { name: 'Message Plans' });
  await composer.pressSequentially('I was just ab');
  await expect(alex.page.getByText('Sam is typing')).toBeVisible();
  await openCard(alex, 'Sam');
  await alex.page.getByRole('button', { name: 'Remove from Plans' }).click();
  await alex.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(sam.page.getByRole('heading', { name: 'You are no longer in Plans' })).toBeVisible();
  await expect(composer).toHaveCount(0);
  await expect(sam.room('Plans')).toHaveCount(0);
  await expect(alex.page.getByText('Sam is typing')).toHaveCount(0);
  await expect(alex.log.getByText(/removed.*Sam|Sam left/)).toBeVisible();
});

test('an owner says who is what in a room, by keyboard alone', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await createPrivateRoom(alex, 'Plans', 'Sam');
  await alex.page.getByRole('button', { name: 'More about Plans' }).press('Enter');
  await alex.page.getByRole('menuitem', { name: 'People and roles…' }).press('Enter');
  const role = alex.page.getByRole('combobox', { name: 'Role of Sam' });
  await expect(role).toHaveValue('member');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await role.selectOption('owner');
  await sam.enter('Plans');
  await expect(sam.log.getByText('Alex made Sam an owner of this room')).toBeVisible();
  await sam.page.getByRole('button', { name: 'More about Plans' }).click();
  await expect(sam.page.getByRole('menuitem', { name: 'Settings…' })).toBeVisible();
});
