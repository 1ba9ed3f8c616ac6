import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { AccessInfo, SignedIn } from '@/api/generated/protocol';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useRooms } from '@/features/rooms';
import { field, press, submit } from '@/ui/test/finding';
import { useArrival } from '../arrival';
import { readSession } from '../storage';
import { useSession } from '../store';
import SignInView from './SignInView.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ACCESS: AccessInfo = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
};
const SIGNED_IN: SignedIn = {
  accessToken: 'jwt-1',
  expiresIn: 900,
  user: { userId: 7, name: 'Alex', kind: 'member' },
};
const GENERAL = { slug: 'general' };
const ADDRESS = 'GET room-address?title=general';

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function open(path = '/'): Promise<VueWrapper> {
  const component = { template: '<div />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component },
      { path: '/rooms/:room', name: 'room', component },
    ],
  });
  await router.push(path);
  const plugins = [createPinia(), router];
  const view = mount(SignInView, { global: { plugins }, attachTo: document.body });
  await flushPromises();
  return view;
}

const useRouterOf = (view: VueWrapper) => view.vm.$router;

const tabs = (view: VueWrapper) => view.findAll('[role=tab]').map((tab) => tab.text());

describe('the sign-in view', () => {
  it('asks a guest for a name and a room, and nothing else', async () => {
    const server = fakeServer({
      'GET access': ACCESS,
      [ADDRESS]: GENERAL,
      'POST session': SIGNED_IN,
    });
    const view = await open();
    expect(tabs(view)).toEqual(['As a guest', 'Sign in', 'Create account']);
    expect(document.activeElement).toBe(field(view, 'Your name').element);
    await field(view, 'Your name').setValue(' Alex ');
    await submit(view);
    expect(server.said('POST session')[0]?.body).toEqual({ name: 'Alex', holdName: true });
    expect(useSession().user?.name).toBe('Alex');
    expect(useRooms().wanted).toBe('general');
  });

  it('signs a member in, and offers that first the next time', async () => {
    const server = fakeServer({ 'GET access': ACCESS, 'POST session': SIGNED_IN });
    const view = await open();
    await press(view, 'Sign in');
    expect(field(view, 'Name').attributes('autocomplete')).toBe('username');
    expect(field(view, 'Password').attributes()).toMatchObject({
      type: 'password',
      autocomplete: 'current-password',
    });
    await field(view, 'Name').setValue('alex');
    await field(view, 'Password').setValue('correct horse');
    await submit(view);
    expect(server.said('POST session')[0]?.body).toEqual({
      name: 'alex',
      password: 'correct horse',
    });
    expect(readSession()?.user.userId).toBe(7);
    expect(JSON.stringify({ ...localStorage })).not.toContain('correct horse');
    await useSession()
      .signOut()
      .catch(() => undefined);
    const next = await open();
    expect(next.get('[aria-selected=true]').text()).toBe('Sign in');
  });

  it('says at the password why it was refused, and how long to wait', async () => {
    const limited = new Refused(429, 'rate_limited', { retryAfterMs: 200_000 });
    const answers: Record<string, unknown> = {
      'GET access': { ...ACCESS, guests: false },
      'POST session': new Refused(401, 'sign_in_failed'),
    };
    fakeServer(answers);
    const view = await open();
    await field(view, 'Name').setValue('alex');
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('Enter your password.');
    await field(view, 'Password').setValue('wrong');
    await submit(view);
    const password = field(view, 'Password');
    expect(password.attributes('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(password.element);
    expect(view.get('[role=alert]').text()).toBe('The name or the password is not right.');
    answers['POST session'] = limited;
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('Too many attempts. Try again in 4 minutes.');
  });

  it('makes an account, with the e-mail address if there is one', async () => {
    const server = fakeServer({
      'GET access': { ...ACCESS, guests: false },
      'POST accounts': SIGNED_IN,
    });
    const view = await open('/rooms/tech');
    await press(view, 'Create account');
    await field(view, 'Name').setValue('alex');
    const password = field(view, 'Password');
    expect(password.attributes('autocomplete')).toBe('new-password');
    await password.setValue('too short');
    await submit(view);
    expect(view.get('[role=alert]').text()).toContain('this one has 9');
    expect(server.said('POST accounts')).toEqual([]);
    await password.setValue('long enough');
    await press(view, 'Add an e-mail address');
    await field(view, 'E-mail (optional)').setValue('alex@example.org');
    await submit(view);
    expect(server.said('POST accounts')[0]).toMatchObject({
      body: { name: 'alex', password: 'long enough', email: 'alex@example.org' },
      token: undefined,
    });
    expect(useRooms().wanted).toBe('tech');
  });

  it.each([
    [new Refused(409, 'name_taken'), 'Name'],
    [new Refused(400, 'name_invalid'), 'Name'],
    [new Refused(400, 'password_refused'), 'Password'],
    [new Refused(400, 'email_invalid'), 'E-mail (optional)'],
  ])('says at its field what is wrong with an account: %o', async (refusal, label) => {
    fakeServer({ 'GET access': { ...ACCESS, guests: false }, 'POST accounts': refusal });
    const view = await open();
    await press(view, 'Create account');
    await field(view, 'Name').setValue('alex');
    await field(view, 'Password').setValue('long enough');
    await press(view, 'Add an e-mail address');
    await submit(view);
    expect(view.findAll('[role=alert]')).toHaveLength(1);
    expect(field(view, label).attributes('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field(view, label).element);
  });

  it('takes what was typed along to another way', async () => {
    fakeServer({ 'GET access': ACCESS });
    const view = await open();
    await field(view, 'Your name').setValue('Alex');
    await press(view, 'Create account');
    expect(field(view, 'Name').element.value).toBe('Alex');
  });

  it('has no tabs where there is one way', async () => {
    fakeServer({ 'GET access': { ...ACCESS, access: 'invite-only' } });
    const view = await open();
    expect(tabs(view)).toEqual([]);
    expect(view.text()).toContain('can send you an invitation');
    expect(field(view, 'Password').element.value).toBe('');
  });

  it('asks until the server answers', async () => {
    vi.useFakeTimers();
    const answers: Record<string, unknown> = {};
    fakeServer(answers);
    const view = await open();
    expect(view.text()).toContain('cannot be reached');
    answers['GET access'] = ACCESS;
    await vi.advanceTimersByTimeAsync(3_000);
    await flushPromises();
    expect(view.text()).not.toContain('cannot be reached');
    expect(tabs(view)).toHaveLength(3);
  });

  it('shows a password on request, and hides it again', async () => {
    fakeServer({ 'GET access': { ...ACCESS, guests: false } });
    const view = await open();
    await press(view, 'Show password');
    expect(field(view, 'Password').attributes('type')).toBe('text');
    await press(view, 'Hide password');
    expect(field(view, 'Password').attributes('type')).toBe('password');
  });
});

describe('an invitation', () => {
  const INVITATION = { by: 'Kim', rooms: ['Tech', 'Coffee'], expiresAt: 1 };

  it('says who invites to what, and lets a new member in', async () => {
    const server = fakeServer({
      'GET access': { ...ACCESS, access: 'invite-only' },
      'GET join/ci_1': INVITATION,
      'POST accounts': SIGNED_IN,
    });
    const view = await open('/#invite=ci_1');
    expect(view.text()).toMatch(/Kim.* invites you.*to.*Tech.*and.*Coffee/);
    expect(tabs(view)).toEqual(['Create account', 'As a guest', 'Sign in']);
    await field(view, 'Name').setValue('alex');
    await field(view, 'Password').setValue('long enough');
    await submit(view);
    expect(server.said('POST accounts')[0]?.body).toMatchObject({ invite: 'ci_1' });
    expect(useArrival().arrival).toBeNull();
    expect(useRooms().wanted).toBeNull();
  });

  it('lets a guest in without asking for a room', async () => {
    const server = fakeServer({
      'GET access': ACCESS,
      'GET join/ci_1': INVITATION,
      'POST session': SIGNED_IN,
    });
    const view = await open('/#invite=ci_1');
    await press(view, 'As a guest');
    expect(view.findAll('[type=radio]')).toEqual([]);
    await field(view, 'Your name').setValue('Alex');
    await submit(view);
    expect(server.said('POST session')[0]?.body).toEqual({
      name: 'Alex',
      invite: 'ci_1',
      holdName: true,
    });
  });

  it('is taken from the address of a page that is open already', async () => {
    fakeServer({ 'GET access': ACCESS, 'GET join/ci_1': INVITATION });
    const view = await open();
    await useRouterOf(view).push('/#invite=ci_1');
    await flushPromises();
    expect(view.text()).toContain('invites you');
    expect(view.get('[aria-selected=true]').text()).toBe('Create account');
  });

  it('that is good no more says so, and leaves the usual ways', async () => {
    fakeServer({ 'GET access': ACCESS, 'GET join/ci_1': new Refused(403, 'invite_invalid') });
    const view = await open('/#invite=ci_1');
    expect(view.get('[role=alert]').text()).toContain('used up or withdrawn');
    expect(tabs(view)[0]).toBe('As a guest');
    expect(useArrival().arrival).toBeNull();
  });
});

describe('a link of another device', () => {
  it('signs in at once, and leaves the address', async () => {
    const server = fakeServer({ 'GET access': ACCESS, 'POST session': SIGNED_IN });
    await open('/#link=cl_1');
    expect(server.said('POST session')[0]?.body).toEqual({ link: 'cl_1', holdName: true });
    expect(useSession().signedIn).toBe(true);
    expect(useArrival().arrival).toBeNull();
  });

  it('that is good no more says so', async () => {
    fakeServer({ 'GET access': ACCESS, 'POST session': new Refused(401, 'unauthorized') });
    const view = await open('/#link=cl_1');
    expect(view.get('[role=alert]').text()).toContain('used already');
    expect(tabs(view)).toHaveLength(3);
    expect(useSession().signedIn).toBe(false);
  });
});
