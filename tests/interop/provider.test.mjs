// Signing in by a provider: a real one, and a browser that follows its redirects.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { Browser, word } from './support/browser.mjs';
import { TestProvider } from './support/provider.mjs';
import { startServer } from './support/server.mjs';

const PUBLIC = 'http://chat.example.org';
const PENDING = 'chinwag_oidc';

async function begin(t, ...options) {
  const provider = await TestProvider.start(t, `${PUBLIC}/api/oidc/callback`);
  const server = await startServer(t, provider.options(...options));
  const browser = () => new Browser(server.url, PUBLIC);
  return { provider, server, browser };
}

/** Asks until the answer is the one that is waited for. */
async function eventually(ask, wanted) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (answer === wanted) {
      return;
    }
    assert.ok(Date.now() < end, `${answer}, and not ${wanted}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('the first sign-in makes an account, and the next ones find it', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'always');
  const { body: access } = await browser().call('GET', 'access');
  assert.deepEqual(access.providers, [{ title: 'Example', start: 'api/oidc/start' }]);
  assert.equal(access.passwords, true);

  provider.is('u-1', {
    preferred_username: 'alex',
    email: 'alex@example.org',
    email_verified: true,
  });
  const first = browser();
  assert.equal(await first.signIn(), 'in');
  assert.equal(first.cookie(PENDING), undefined, 'it was good for one answer');
  const alex = await first.person();
  assert.deepEqual([alex.name, alex.kind], ['alex', 'member']);
  const { body: me } = await first.call('GET', 'me', undefined, alex.token);
  assert.deepEqual([me.email, me.hasPassword, me.login], ['alex@example.org', false, undefined]);

  const second = browser();
  assert.equal(await second.signIn(), 'in');
  assert.equal((await second.person()).userId, alex.userId);
  const { body: sessions } = await second.call(
    'GET',
    'sessions',
    undefined,
    (await second.person()).token,
  );
  assert.equal(sessions.sessions.length, 2);

  // Somebody else of the same name, who is called by the address of mail there.
  provider.is('u-2', {
    preferred_username: 'ALEX@example.org',
    email: 'x@example.org',
    email_verified: false,
  });
  const other = browser();
  assert.equal(await other.signIn(), 'in');
  const namesake = await other.person();
  assert.notEqual(namesake.userId, alex.userId);
  assert.equal(namesake.name, 'ALEX 2');
  const { body: theirs } = await other.call('GET', 'me', undefined, namesake.token);
  assert.equal(theirs.email, undefined, 'nobody made sure that it is theirs');
});

test('groups make moderators and admins, and take that back', async (t) => {
  const roles = [
    '--oidc-roles',
    'chat-staff=moderator,it=admin',
    '--oidc-scopes',
    'profile,groups',
  ];
  const { provider, browser } = await begin(t, '--oidc-create', 'always', ...roles);
  const role = async (groups) => {
    provider.is('u-1', { preferred_username: 'alex', groups });
    const page = browser();
    assert.equal(await page.signIn(), 'in');
    return (await page.person()).role;
  };
  assert.equal(await role(['people', 'chat-staff']), 'moderator');
  assert.equal(await role(['it', 'chat-staff']), 'admin');
  assert.equal(await role(['people']), undefined);
  assert.equal(await role(['owner', 'admin', 'IT']), undefined);
});

test('accounts are made for whom the operator says', async (t) => {
  const { provider, browser } = await begin(t);
  provider.is('u-1', { preferred_username: 'alex' });
  const stranger = browser();
  assert.equal(await stranger.signIn(), 'uninvited');
  assert.equal(await stranger.signIn('cw_guessed'), 'uninvited');
  assert.equal(await stranger.person(), undefined);

  const host = browser();
  const account = { name: 'Kim', password: 'correct horse battery' };
  const { body: kim } = await host.call('POST', 'accounts', account);
  const { body: room } = await host.call(
    'POST',
    'rooms',
    { title: 'Den', kind: 'private' },
    kim.accessToken,
  );
  const { body: invite } = await host.call(
    'POST',
    'invites',
    { uses: 2, rooms: [room.room] },
    kim.accessToken,
  );
  assert.equal(await stranger.signIn(invite.token), 'in');
  const alex = await stranger.person();
  const rooms = async (page, token) =>
    (await page.call('GET', 'rooms', undefined, token)).body.rooms;
  assert.ok((await rooms(stranger, alex.token)).some(({ title }) => title === 'Den'));
  // Whoever has an account needs no invitation, and a good one leads into its rooms.
  assert.equal(await stranger.signIn(), 'in');
  const { body: more } = await host.call(
    'POST',
    'rooms',
    { title: 'Attic', kind: 'private' },
    kim.accessToken,
  );
  const { body: next } = await host.call(
    'POST',
    'invites',
    { rooms: [more.room] },
    kim.accessToken,
  );
  assert.equal(await stranger.signIn(next.token), 'in');
  assert.ok(
    (await rooms(stranger, (await stranger.person()).token)).some(({ title }) => title === 'Attic'),
  );
});

test('nobody new comes in where no accounts are made', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'never');
  provider.is('u-1', { preferred_username: 'alex' });
  const page = browser();
  assert.equal(await page.signIn(), 'closed');
  assert.equal(await page.person(), undefined);
});

test('a guest becomes the member, and keeps name and messages', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'always');
  provider.is('u-1', { preferred_username: 'alex', email: 'a@b.example', email_verified: true });
  const page = browser();
  const { body: guest } = await page.call('POST', 'session', { name: 'Gus' });
  const keep = (token) => page.call('POST', 'oidc/start', undefined, token);
  assert.equal((await keep()).status, 401);
  const { status, body } = await keep(guest.accessToken);
  assert.equal(status, 200);
  // The code of the guest is no way in, and another browser has no use for the answer.
  const code = page.cookie(PENDING).split('.')[5];
  assert.match(code, /^cw_/);
  assert.equal((await browser().call('POST', 'session', { link: code })).status, 401);
  const back = await page.go(body.place, (place) => place.includes('/api/oidc/callback'));
  assert.equal(word(await browser().go(back)), 'stale');
  assert.equal(word(await page.go(back)), 'in');
  const member = await page.person();
  assert.deepEqual([member.userId, member.name, member.kind], [guest.user.userId, 'Gus', 'member']);
  const old = await page.call('GET', 'session', undefined, guest.accessToken);
  assert.equal(old.status, 401, 'what a name began is over');
  assert.equal((await keep(member.token)).body.code, 'forbidden', 'a member is one already');
  const elsewhere = browser();
  assert.equal(await elsewhere.signIn(), 'in');
  assert.equal((await elsewhere.person()).userId, guest.user.userId);
});

test('an answer counts in the browser that asked, once', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'always');
  provider.is('u-1', { preferred_username: 'alex' });
  const page = browser();
  const back = await page.signInUntilBack();
  const kept = page.cookie(PENDING);
  const parts = kept.split('.');
  assert.equal(parts.length, 7);
  const [, state, nonce, verifier] = parts;
  for (const secret of [nonce, verifier]) {
    assert.ok(!back.includes(secret));
  }

  // A link to this answer in another browser: one that asked nothing, and one that asked something else.
  assert.equal(word(await browser().go(back)), 'stale');
  const victim = browser();
  await victim.signInUntilBack();
  assert.equal(word(await victim.go(back)), 'stale');
  assert.equal(await victim.person(), undefined);

  // The cookie is forgotten with each answer, so it is put back for each of these.
  const answer = async (cookie, place = back) => {
    page.setCookie(PENDING, cookie);
    return word(await page.go(place));
  };
  assert.equal(await answer(kept, back.replace(state, 'another')), 'stale');
  assert.equal(await answer(kept, `${PUBLIC}/api/oidc/callback?state=${state}`), 'refused');
  assert.equal(
    await answer(kept, `${PUBLIC}/api/oidc/callback?state=${state}&error=access_denied`),
    'denied',
  );
  assert.equal(
    await answer(kept, back.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example')),
    'refused',
  );
  assert.equal(await answer(kept, `${PUBLIC}/api/oidc/callback`), 'stale');
  assert.equal(await answer(kept), 'in');
  assert.equal(await answer(kept), 'refused', 'the code was used');
  assert.equal(word(await page.go(back)), 'stale', 'and the cookie is gone');
});

test('a token for another sign-in and a code without its verifier are refused', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'always');
  provider.is('u-1', { preferred_username: 'alex' });
  for (const part of [2, 3]) {
    const page = browser();
    const back = await page.signInUntilBack();
    const parts = page.cookie(PENDING).split('.');
    parts[part] = `cw_${'x'.repeat(43)}`;
    page.setCookie(PENDING, parts.join('.'));
    assert.equal(word(await page.go(back)), 'refused', `${part}`);
    assert.equal(await page.person(), undefined);
  }
});

test('whoever says no at the provider comes back with a word', async (t) => {
  const { provider, browser } = await begin(t, '--oidc-create', 'always');
  provider.denies();
  const page = browser();
  assert.equal(await page.signIn(), 'denied');
  provider.is('u-1', { preferred_username: 'alex' });
  assert.equal(await page.signIn(), 'in');
});

test('the server serves without its provider, and finds it when it is there', async (t) => {
  const provider = await TestProvider.start(t, `${PUBLIC}/api/oidc/callback`);
  provider.is('u-1', { preferred_username: 'alex' });
  await provider.stop();
  const server = await startServer(t, provider.options('--oidc-create', 'always'));
  const page = new Browser(server.url, PUBLIC);
  assert.equal(await page.signIn(), 'unreachable');
  const guest = await page.call('POST', 'session', { name: 'Guest', for: 'script' });
  assert.equal(guest.status, 201, 'others come in');
  await provider.startAgain();
  await eventually(() => page.signIn(), 'in');
  // It signs with another key, which nobody announced.
  provider.rotateKeys();
  await eventually(() => new Browser(server.url, PUBLIC).signIn(), 'in');
});

test('where people come in by the provider only, there is no other way', async (t) => {
  const { provider, server, browser } = await begin(t, '--oidc-create', 'always', '--oidc-only');
  const page = browser();
  const { body: access } = await page.call('GET', 'access');
  assert.deepEqual([access.passwords, access.guests, access.providers.length], [false, false, 1]);
  const refused = async (path, body) => (await page.call('POST', path, body)).body.code;
  assert.equal(await refused('session', { name: 'Guest' }), 'account_required');
  assert.equal(await refused('session', { name: 'Kim', password: 'x' }), 'password_refused');
  const account = { name: 'Kim', password: 'correct horse battery' };
  assert.equal(await refused('accounts', account), 'accounts_closed');
  const simple = new WebSocket(`${server.wsUrl}/simple`);
  t.after(() => simple.close());
  const closed = new Promise((resolve) => {
    simple.onmessage = ({ data }) => /"error"/.test(data) && resolve();
    simple.onclose = resolve;
  });
  simple.onopen = () =>
    simple.send(JSON.stringify({ type: 'join', username: 'Vera', room: 'general' }));
  await closed;
  provider.is('u-1', { preferred_username: 'alex' });
  assert.equal(await page.signIn(), 'in');
  assert.equal((await page.person()).name, 'alex');
});

test('nothing in an address leads elsewhere, and without a provider there is nothing', async (t) => {
  const { browser } = await begin(t, '--oidc-create', 'always');
  const evil = 'https%3A%2F%2Fevil.example%2F';
  for (const path of ['callback', 'start']) {
    for (const query of [
      `redirect_uri=${evil}&return=${evil}&next=${evil}&state=${evil}`,
      'state=a&state=b',
      'error=%0d%0a',
    ]) {
      const page = browser();
      const place = await page.go(`${PUBLIC}/api/oidc/${path}?${query}`, () => true);
      assert.ok(!place.includes('evil.example'), place);
    }
  }
  const plain = await startServer(t);
  for (const path of ['start', 'callback?code=a&state=b']) {
    const response = await fetch(`${plain.url}/api/oidc/${path}`, { redirect: 'manual' });
    assert.equal(response.status, 404);
  }
});
