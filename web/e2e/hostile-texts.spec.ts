import { CORPUS, caller, watchFor } from './fixtures/hostile';
import { expect, test } from './fixtures/test';

/** Those that are sent as messages, too. */
const MESSAGES = [...CORPUS.slice(0, 12), ...CORPUS.slice(13)];

test('texts of others run nothing, wherever they are shown', async ({ alex, server }) => {
  const page = alex.page;
  const nothingRan = await watchFor(page);
  const call = caller(server.port);
  const account = { name: 'Mallory', password: 'a long password of hers', for: 'script' };
  await call('POST', '/accounts', account);
  const { token } = await call('POST', '/session', account);
  const rooms: number[] = [];
  for (const [number, text] of CORPUS.entries()) {
    const room = {
      kind: 'public',
      title: text.slice(0, 60),
      topic: text,
      slug: `hostile-${number}`,
    };
    rooms.push((await call('POST', '/rooms', room, token)).room);
  }
  const [first] = rooms;
  expect(first).toBeDefined();
  await call('PATCH', '/me', { status: { text: CORPUS[1] } }, token);
  for (const text of MESSAGES) {
    await call('POST', `/rooms/${first}/messages`, { text }, token);
  }

  await alex.signIn();
  await alex.open('/rooms/hostile-0');
  await page.getByRole('button', { name: /^Join/ }).click();
  await expect(alex.message(CORPUS[0] ?? '')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>');
  await expect(alex.bubbles).toHaveCount(MESSAGES.length);
  await expect(alex.log.locator('pre')).toHaveCount(2);
  await alex.log.getByRole('button', { name: 'Spoiler' }).click();
  for (const link of await alex.log.locator('a[href]:not(.permalink)').all()) {
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
  }
  await page.getByRole('button', { name: 'Browse rooms' }).click();
  await expect(page.getByRole('dialog')).toContainText('onerror');
  await page.keyboard.press('Escape');
  for (const number of [1, 4, 7]) {
    await alex.open(`/rooms/hostile-${number}`);
    await page.getByRole('button', { name: /^Join/ }).click();
    await expect(alex.composer).toBeVisible();
  }
  await nothingRan();
});

/** Names that people may have, with all the punctuation that may stand in one. */
const NAMES = ["O'Brien' & (Sons) · x_1", '__proto__', 'constructor'];

test('names run nothing, nor does what is said about those that are refused', async ({
  alex,
  server,
}) => {
  const page = alex.page;
  const nothingRan = await watchFor(page);
  const call = caller(server.port);
  await alex.open();
  const field = page.getByLabel('Your name');
  for (const text of CORPUS.map((each) => each.slice(0, 40).replaceAll('\n', ' '))) {
    await field.fill(text);
    await field.press('Enter');
    await expect(page.getByText(/letters, digits, emoji/)).toBeVisible();
    await field.fill('');
  }
  await nothingRan();
  await alex.fillIn('General');
  for (const text of CORPUS.filter((each) => !each.includes('\n'))) {
    const name = text.slice(0, 40);
    await alex.say(`/nick ${name}`);
    await expect(page.getByRole('alert')).toContainText('letters, digits, emoji');
    await alex.say(`/invite ${name}`);
    await expect(page.getByRole('alert')).toContainText(`is called \u2068${name}`);
  }
  for (const name of NAMES) {
    const { token } = await call('POST', '/session', { name, for: 'script' });
    const { room } = await call('GET', '/rooms/at/general', undefined, token);
    await call('PUT', `/rooms/${room}/membership`, {}, token);
    await call('POST', `/rooms/${room}/messages`, { text: `I am ${name}` }, token);
    await expect(alex.message(`I am ${name}`)).toContainText(name);
    await alex.message(`I am ${name}`).getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog', { name: `About ${name}` })).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await nothingRan();
});

test('an invitation into rooms with such titles runs nothing', async ({ alex, server }) => {
  const page = alex.page;
  const nothingRan = await watchFor(page);
  const call = caller(server.port);
  const account = { name: NAMES[0], password: 'a long password of theirs', for: 'script' };
  await call('POST', '/accounts', account);
  const { token } = await call('POST', '/session', account);
  const titles = CORPUS.slice(0, 6);
  const rooms: number[] = [];
  for (const title of titles) {
    const room = { kind: 'private', title: title.slice(0, 60) };
    rooms.push((await call('POST', '/rooms', room, token)).room);
  }
  const { token: invitation } = await call('POST', '/invites', { rooms }, token);
  await alex.open(`/#invite=${invitation}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${NAMES[0]} invites you`);
  await expect(page.getByText('onerror').first()).toBeVisible();
  await page.getByRole('tab', { name: 'As a guest' }).click();
  await page.getByLabel('Your name').fill('Alex');
  await page.getByLabel('Your name').press('Enter');
  for (const title of titles) {
    const link = page.getByRole('navigation').getByText(title.slice(0, 60), { exact: true });
    await expect(link).toBeVisible();
  }
  await nothingRan();
});
