import { seriousProblems } from './fixtures/axe';
import type { Person } from './fixtures/person';
import { expect, test } from './fixtures/test';

const PASSWORD = 'correct horse battery';
const ENDED =
  'You were signed out here: the session was ended, or the password changed, on another device.';

/** Makes an account on the first browser, and signs in with it on the second. */
async function onTwoDevices(first: Person, second: Person): Promise<void> {
  await first.open();
  await first.register(PASSWORD);
  await second.open();
  await second.enterWith(PASSWORD);
  await expect(second.composer).toBeVisible();
}

async function openAccount(of: Person, tab: string): Promise<void> {
  await of.chooseOwn('Account…');
  await of.page.getByRole('tab', { name: tab }).click();
}

test('an account is made, left, and entered again from anywhere', async ({ alex, person }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await alex.say('I am here to stay');
  await expect(alex.message('I am here to stay')).toBeVisible();
  await alex.page.reload();
  await expect(alex.message('I am here to stay')).toBeVisible();
  await alex.signOut();
  // Whoever has an account is offered to sign in first.
  await expect(alex.page.getByRole('tab', { name: 'Sign in', selected: true })).toBeVisible();
  await alex.enterWith('a wrong password');
  await expect(alex.page.getByRole('alert')).toHaveText('The name or the password is not right.');
  await expect(alex.page.getByLabel('Password', { exact: true })).toBeFocused();
  expect(await seriousProblems(alex.page)).toEqual([]);
  const elsewhere = await person('Alex');
  await elsewhere.open();
  await elsewhere.enterWith(PASSWORD);
  await expect(elsewhere.message('I am here to stay')).toBeVisible();
  await expect(elsewhere.room('General')).toBeVisible();
});

test('a name of an account is taken for guests and for other accounts', async ({
  alex,
  person,
}) => {
  await alex.open();
  await alex.register(PASSWORD);
  const other = await person('alex');
  await other.open();
  await other.page.getByLabel('Your name').fill('alex');
  await other.page.getByLabel('Your name').press('Enter');
  await expect(other.page.getByRole('alert')).toContainText('this name already');
  await other.page.getByRole('tab', { name: 'Create account' }).click();
  // What was typed came along.
  await expect(other.page.getByLabel('Name', { exact: true })).toHaveValue('alex');
  await other.page.getByLabel('Password', { exact: true }).fill('password12');
  await other.page.getByRole('button', { name: 'Create account' }).click();
  await expect(other.page.getByRole('alert')).toHaveCount(1);
  await expect(other.page.locator('[aria-invalid]')).toHaveCount(1);
});

test('a guest becomes a member, and stays the same person', async ({ alex, sam, person }) => {
  await alex.signIn();
  await sam.signIn();
  await alex.say('said as a guest');
  await expect(sam.message('said as a guest')).toBeVisible();
  await alex.chooseOwn('Keep this account…');
  await expect(alex.page.getByLabel('Name', { exact: true })).toHaveValue('Alex');
  await alex.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Keep this account' }).click();
  await expect(alex.page.getByRole('dialog')).toHaveCount(0);
  await expect(alex.page.getByRole('region', { name: 'Account' })).not.toContainText('Guest');
  // Still here, without having been away.
  await alex.say('said as a member');
  await expect(sam.message('said as a member')).toBeVisible();
  const elsewhere = await person('Alex');
  await elsewhere.open();
  await elsewhere.enterWith(PASSWORD);
  await expect(elsewhere.message('said as a guest')).toBeVisible();
  await expect(elsewhere.message('said as a guest')).toHaveClass(/own/);
});

test('what is read on one device is read on the other', async ({ alex, person, voices }) => {
  const phone = await person('Alex');
  await onTwoDevices(alex, phone);
  await alex.enter('Tech');
  await phone.enter('Tech');
  await alex.page.getByRole('button', { name: 'Join Tech' }).click();
  await expect(phone.composer).toBeVisible();
  await voices.say('Kim', ['one', 'two']);
  for (const device of [alex, phone]) {
    await expect(device.room('General')).toContainText('2 unread');
  }
  await alex.enter('General');
  await expect(alex.message('two')).toBeVisible();
  await expect(phone.room('General')).not.toContainText('unread');
});

test('another password signs out everywhere else', async ({ alex, person }) => {
  const phone = await person('Alex');
  await onTwoDevices(alex, phone);
  await openAccount(alex, 'Password');
  await alex.page.getByLabel('Present password', { exact: true }).fill('not the present one');
  await alex.page.getByLabel('New password', { exact: true }).fill('another good password');
  await alex.page.getByRole('button', { name: 'Change password' }).click();
  await expect(alex.page.getByRole('alert')).toHaveText('This is not your present password.');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
  await alex.page.getByRole('button', { name: 'Change password' }).click();
  await expect(phone.page.getByRole('alert')).toHaveText(ENDED);
  await expect(alex.page.getByText('All other devices are signed out.')).toBeVisible();
  await phone.enterWith(PASSWORD);
  await expect(phone.page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
  await phone.enterWith('another good password');
  await expect(phone.composer).toBeVisible();
  await alex.page.keyboard.press('Escape');
  await alex.say('still here');
  await expect(phone.message('still here')).toBeVisible();
});

test('a device is signed out from the list of devices', async ({ alex, person }) => {
  const phone = await person('Alex');
  await onTwoDevices(alex, phone);
  await openAccount(alex, 'Devices');
  const devices = alex.page.getByRole('dialog').getByRole('listitem');
  await expect(devices).toHaveCount(2);
  await expect(devices.first()).toContainText('This device');
  await expect(devices.first()).toContainText('Chrom');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await devices.last().getByRole('button').click();
  await expect(phone.page.getByRole('alert')).toHaveText(ENDED);
  await expect(devices).toHaveCount(1);
  // Neither does it come back by its cookie.
  await phone.page.reload();
  await expect(phone.page.getByRole('heading', { name: 'Welcome to Chinwag' })).toBeVisible();
});

test('a link signs in on another device, once', async ({ alex, person }) => {
  await alex.signIn();
  await alex.say('Hello');
  await alex.chooseOwn('Use on another device…');
  await alex.page.getByRole('tab', { name: 'New device' }).click();
  await expect(alex.page.getByRole('img', { name: /QR code/ })).toBeVisible();
  expect(await seriousProblems(alex.page)).toEqual([]);
  const address = await alex.page.getByLabel('Address for the other device').inputValue();
  const { hash } = new URL(address);
  const phone = await person('Alex', { viewport: { width: 390, height: 844 } });
  await phone.open(`/${hash}`);
  await expect(phone.page.getByRole('button', { name: 'Account of Alex' })).toBeVisible();
  expect(new URL(phone.page.url()).hash).toBe('');
  const third = await person('Kim');
  await third.open(`/${hash}`);
  await expect(third.page.getByRole('alert')).toContainText('used already');
  await third.fillIn('General');
  await third.open(`/rooms/general${hash}`);
  await third.page.getByRole('button', { name: 'Sign in by the link' }).click();
  await expect(third.page.getByRole('alert')).toContainText('used already');
  await third.page.getByRole('button', { name: 'Not now' }).click();
  await third.say('I am still Kim');
  await expect(alex.message('I am still Kim')).toContainText('Kim');
});

test('a link takes the place of whoever is signed in, after a question', async ({ alex, sam }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await sam.signIn();
  await alex.chooseOwn('Use on another device…');
  const address = await alex.page.getByLabel('Address for the other device').inputValue();
  await sam.open(`/${new URL(address).hash}`);
  const dialog = sam.page.getByRole('dialog', { name: 'Sign in here as somebody else?' });
  await expect(dialog).toContainText('Sam');
  expect(await seriousProblems(sam.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Sign in by the link' }).click();
  await expect(sam.page.getByRole('button', { name: 'Account of Alex' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await sam.page.reload();
  await expect(sam.page.getByRole('button', { name: 'Account of Alex' })).toBeVisible();
});

test('two tabs go together when one signs out, and when one signs in anew', async ({ alex }) => {
  await alex.signIn();
  const second = await alex.context.newPage();
  await second.goto(`${alex.line.url}/rooms/general`);
  const composer = second.getByRole('textbox', { name: /^Message #/ });
  await expect(composer).toBeVisible();
  await alex.signOut();
  await expect(second.getByRole('alert')).toHaveText('You signed out in another window.');
  await alex.register(PASSWORD);
  await expect(composer).toBeVisible();
  await composer.fill('from the other tab');
  await composer.press('Enter');
  await expect(alex.message('from the other tab')).toBeVisible();
});

test('a session outlasts its access token and a restart of the server', async ({
  alex,
  server,
}) => {
  await alex.signIn();
  await server.restart();
  await alex.page.reload();
  await expect(alex.composer).toBeVisible();
  await alex.say('I am still Alex');
  await expect.poll(() => alex.deliveries()).toEqual([]);
  await expect(alex.message('I am still Alex')).toBeVisible();
});

test('an account ends, and its messages stay under no name', async ({ alex, sam }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await sam.signIn();
  await alex.say('these are my last words');
  await expect(sam.message('these are my last words')).toContainText('Alex');
  await openAccount(alex, 'Delete');
  await alex.page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
  await alex.page.getByRole('button', { name: 'Delete account' }).click();
  expect(await seriousProblems(alex.page)).toEqual([]);
  // The connection ends before the answer comes, and until then others may still see the person there.
  const answer = alex.page.waitForResponse((response) => response.request().method() === 'DELETE');
  await alex.page.getByRole('button', { name: 'Delete for good' }).click();
  expect((await answer).status()).toBe(204);
  await expect(alex.page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect(alex.page.getByRole('alert')).toHaveCount(0);
  // Who is there is told a moment later, and a page that is loaded before takes the name from it.
  await expect(sam.page.getByText('1 online', { exact: true })).toBeVisible();
  await sam.page.reload();
  await expect(sam.message('these are my last words')).toContainText('Former member');
  await alex.enterWith(PASSWORD);
  await expect(alex.page.getByRole('alert')).toContainText('not right');
});

test('the profile is changed, and others see the name', async ({ alex, sam }) => {
  await alex.open();
  await alex.register(PASSWORD);
  await sam.signIn();
  await alex.say('Hello');
  await openAccount(alex, 'Profile');
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByLabel('Display name').fill('Alexandra');
  await alex.page.getByLabel('Status').fill('On the phone');
  const password = alex.page.getByLabel('Present password', { exact: true });
  const save = alex.page.getByRole('button', { name: 'Save' });
  // A name alone takes no password.
  await expect(password).toBeHidden();
  await alex.page.getByLabel('E-mail').fill('nothing of the kind');
  await save.click();
  await expect(alex.page.getByRole('alert')).toHaveText('Enter your password.');
  await expect(password).toBeFocused();
  await password.fill(PASSWORD);
  await save.click();
  await expect(alex.page.getByRole('alert')).toHaveText('This is no e-mail address.');
  await alex.page.getByLabel('E-mail').fill('alex@example.org');
  await password.fill('not the one that it is');
  await save.click();
  await expect(alex.page.getByRole('alert')).toHaveText('This is not your present password.');
  await password.fill(PASSWORD);
  await save.click();
  await expect(alex.page.getByText('Saved.')).toBeVisible();
  await expect(password).toBeHidden();
  await expect(sam.message('Hello')).toContainText('Alexandra');
  await alex.page.reload();
  await alex.page.getByRole('button', { name: 'Account of Alexandra' }).click();
  await alex.page.getByRole('button', { name: 'Account…' }).click();
  await expect(alex.page.getByLabel('Status')).toHaveValue('On the phone');
  await expect(alex.page.getByLabel('E-mail')).toHaveValue('alex@example.org');
});
