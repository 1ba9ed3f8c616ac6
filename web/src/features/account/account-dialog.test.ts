import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccessInfo, AccountKind, Me, SessionInfo } from '@/api/generated/protocol';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { button, field, press, submit } from '@/ui/test/finding';
import AccountDialog from './AccountDialog.vue';
import type { AccountTab } from './tabs';

let connection: FakeConnection;
vi.mock('vue-router', async (importOriginal) => ({
  ...(await importOriginal<typeof import('vue-router')>()),
  useRoute: () => ({ path: '/rooms/general' }),
}));
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ACCESS: AccessInfo = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
};
const user = (kind: AccountKind) => ({ userId: 7, name: 'Alex', kind });
const ME: Me = {
  user: user('member'),
  login: 'alex',
  hasPassword: true,
  asksForPassword: true,
};
const device = (id: number, name: string): SessionInfo => ({
  id,
  device: name,
  address: '203.0.113.7',
  createdAt: 1,
  lastSeenAt: 1,
  isCurrent: id === 2,
});
const NOW = new Date('2026-11-29T20:00').getTime();

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function open(
  answers: Record<string, unknown>,
  { kind = 'member', first = 'profile' }: { kind?: AccountKind; first?: AccountTab } = {},
) {
  const me = { ...ME, user: user(kind) };
  const server = fakeServer({ 'GET me': me, 'GET access': ACCESS, ...answers });
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user: user(kind) });
  const view = mount(AccountDialog, { props: { open: false, first }, attachTo: document.body });
  await view.setProps({ open: true });
  await flushPromises();
  return { server, view: view as VueWrapper };
}

describe('the profile', () => {
  it('says only what was changed, and shows the name at once', async () => {
    const renamed = { ...ME, user: { ...ME.user, name: 'Alexandra' } };
    const { server, view } = await open({ 'PATCH me': renamed });
    expect(view.text()).toContain('You sign in as');
    await field(view, 'Display name').setValue(' Alexandra ');
    await submit(view);
    expect(server.said('PATCH me')[0]).toMatchObject({
      body: { name: 'Alexandra' },
      token: 'jwt-1',
    });
    expect(useSession().user?.name).toBe('Alexandra');
    expect(view.text()).toContain('Saved.');
  });

  it('asks for the password when the address is to be another one', async () => {
    const { server, view } = await open({ 'PATCH me': new Refused(401, 'sign_in_failed') });
    expect(view.text()).not.toContain('Present password');
    await field(view, 'E-mail (optional)').setValue('new@example.org');
    await submit(view);
    expect(server.said('PATCH me')).toEqual([]);
    await field(view, 'Present password').setValue('not the one');
    await submit(view);
    expect(server.said('PATCH me')[0]?.body).toEqual({
      email: 'new@example.org',
      password: 'not the one',
    });
    expect(view.text()).toContain('This is not your present password.');
  });

  it('gives a status its end, and takes both away again', async () => {
    const status = { text: 'Lunch', until: NOW + 1_800_000 };
    const { server, view } = await open({ 'PATCH me': { ...ME, status } });
    await field(view, 'Status').setValue('Lunch');
    await field(view, 'Clears').setValue('halfHour');
    await submit(view);
    expect(server.said('PATCH me')[0]?.body).toEqual({ status });
    await field(view, 'Status').setValue('');
    await submit(view);
    expect(server.said('PATCH me')[1]?.body).toEqual({ status: { text: '' } });
  });

  it.each([
    [new Refused(409, 'name_taken'), 'Display name'],
    [new Refused(400, 'email_invalid'), 'E-mail (optional)'],
  ])('says at its field what was refused: %o', async (refusal, label) => {
    const { view } = await open({ 'PATCH me': refusal });
    await submit(view);
    expect(field(view, label).attributes('aria-invalid')).toBe('true');
  });
});

describe('the password', () => {
  it('is changed with the present one', async () => {
    const { server, view } = await open({ 'PUT me/password': undefined });
    await press(view, 'Password');
    await field(view, 'Present password').setValue('the old one');
    await field(view, 'New password').setValue('the new one');
    await submit(view);
    expect(server.said('PUT me/password')[0]?.body).toEqual({
      current: 'the old one',
      password: 'the new one',
    });
    expect(view.text()).toContain('All other devices are signed out.');
    expect(field(view, 'New password').element.value).toBe('');
  });

  it('is not changed with a wrong one', async () => {
    const { view } = await open({ 'PUT me/password': new Refused(401, 'sign_in_failed') });
    await press(view, 'Password');
    await field(view, 'Present password').setValue('a wrong one');
    await field(view, 'New password').setValue('the new one');
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('This is not your present password.');
    expect(document.activeElement).toBe(field(view, 'Present password').element);
    expect(useSession().signedIn).toBe(true);
  });

  it('that was set by a link is changed without', async () => {
    const me = { ...ME, asksForPassword: false };
    const { server, view } = await open({ 'GET me': me, 'PUT me/password': undefined });
    await press(view, 'Password');
    expect(view.text()).not.toContain('Present password');
    await field(view, 'New password').setValue('the new one');
    await submit(view);
    expect(server.said('PUT me/password')[0]?.body).toEqual({ password: 'the new one' });
  });
});

describe('the devices', () => {
  const sessions = [device(1, 'Firefox on Linux'), device(2, 'Safari on iPhone'), device(3, '')];

  it('begin with this one, and each other can be ended', async () => {
    const { server, view } = await open({
      'GET sessions': { sessions },
      'DELETE sessions/3': undefined,
    });
    await press(view, 'Devices');
    expect(view.findAll('li').map((each) => each.get('.name').text())).toEqual([
      'Safari on iPhone',
      'Firefox on Linux',
      'Unknown device',
    ]);
    expect(view.findAll('li')[0]?.find('button').exists()).toBe(false);
    await view.findAll('li')[2]?.get('button').trigger('click');
    await flushPromises();
    expect(server.said('DELETE sessions/3')).toHaveLength(1);
    expect(view.findAll('li')).toHaveLength(2);
  });

  it('can all be ended but this one', async () => {
    const { server, view } = await open({
      'GET sessions': { sessions },
      'DELETE sessions': undefined,
    });
    await press(view, 'Devices');
    await press(view, 'Sign out all others');
    expect(server.said('DELETE sessions')).toHaveLength(1);
    expect(view.findAll('li')).toHaveLength(1);
  });

  it('that could not be loaded can be asked for again', async () => {
    const answers: Record<string, unknown> = { 'GET sessions': new Refused(503, 'unavailable') };
    const { view } = await open(answers);
    await press(view, 'Devices');
    expect(view.get('[role=alert]').text()).toContain('not available');
    expect(button(view, 'Try again').exists()).toBe(true);
  });
});

describe('a link for another device', () => {
  it('is there as text, and gone when it is too old', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const link = { code: 'cl_1', expiresAt: NOW + 600_000 };
    const { view } = await open({ 'POST session/link': link }, { first: 'link' });
    expect(field(view, 'Address for the other device').element.value).toBe(
      new URL('#link=cl_1', document.baseURI).href,
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(view.text()).toContain('too old by now');
    expect(view.text()).not.toContain('cl_1');
    await press(view, 'Make a new one');
  });
});

describe('the end of an account', () => {
  it('takes the password and a second press', async () => {
    const { server, view } = await open({ 'DELETE me': undefined });
    await press(view, 'Delete');
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('Enter your password.');
    await field(view, 'Present password').setValue('the old one');
    await view.get('[value=delete]').setValue(true);
    await submit(view);
    expect(server.said('DELETE me')).toEqual([]);
    expect(view.text()).toContain('Delete for good');
    await submit(view);
    expect(server.said('DELETE me')[0]?.body).toEqual({
      password: 'the old one',
      messages: 'delete',
    });
    expect(useSession()).toMatchObject({ signedIn: false, ended: null });
  });

  it('does not come with a wrong password', async () => {
    const { view } = await open({ 'DELETE me': new Refused(401, 'sign_in_failed') });
    await press(view, 'Delete');
    await field(view, 'Present password').setValue('a wrong one');
    await submit(view);
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('This is not your present password.');
    expect(useSession().signedIn).toBe(true);
  });
});

describe('a guest', () => {
  it('becomes the member with the same token, and the dialog goes', async () => {
    const signedIn = { accessToken: 'jwt-2', expiresIn: 900, user: user('member') };
    const { server, view } = await open(
      { 'POST accounts': signedIn },
      { kind: 'guest', first: 'keep' },
    );
    expect(field(view, 'Name').element.value).toBe('Alex');
    await field(view, 'Password').setValue('long enough');
    await submit(view);
    expect(server.said('POST accounts')[0]).toMatchObject({
      body: { name: 'Alex', password: 'long enough' },
      token: 'jwt-1',
    });
    expect(useSession()).toMatchObject({ accessToken: 'jwt-2', user: { kind: 'member' } });
    expect(view.emitted('update:open')).toEqual([[false]]);
  });

  it('becomes a member by a provider, who leads back to the same place', async () => {
    const place = vi.fn();
    vi.stubGlobal('location', { ...window.location, assign: place });
    const access = {
      ...ACCESS,
      passwords: false,
      mail: false,
      providers: [{ title: 'Example', start: 'api/oidc/start' }],
    };
    const there = { place: 'https://id.example/authorize?state=1' };
    const { view } = await open(
      { 'GET access': access, 'POST oidc/start': there },
      { kind: 'guest', first: 'keep' },
    );
    expect(view.find('form').exists(), 'there are no passwords').toBe(false);
    await press(view, 'Sign in with Example');
    expect(place).toHaveBeenCalledExactlyOnceWith(there.place);
  });

  it('is not asked to where accounts are made by others', async () => {
    const access = { ...ACCESS, access: 'closed' };
    const { view } = await open({ 'GET access': access }, { kind: 'guest', first: 'keep' });
    expect(view.findAll('[role=tab]').map((tab) => tab.text())).toEqual([
      'Devices',
      'New device',
      'Blocked',
    ]);
  });
});
