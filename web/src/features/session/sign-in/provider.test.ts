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
import { useArrival } from '../arrival';
import { useSession } from '../store';
import SignInView from './SignInView.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ACCESS: AccessInfo = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [{ title: 'Example', start: 'api/oidc/start' }],
  passwords: true,
  mail: false,
};
const ONLY: AccessInfo = { ...ACCESS, guests: false, passwords: false, mail: false };
const SIGNED_IN: SignedIn = {
  accessToken: 'jwt-1',
  expiresIn: 900,
  user: { userId: 7, name: 'Alex', kind: 'member' },
};

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
});
afterEach(() => vi.unstubAllGlobals());

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
  const view = mount(SignInView, { global: { plugins: [createPinia(), router] } });
  await flushPromises();
  return view;
}

const button = (view: VueWrapper) => view.get('a');

describe('a provider of sign-ins', () => {
  it('is one of the ways in', async () => {
    fakeServer({ 'GET access': ACCESS });
    const view = await open();
    expect(button(view).text()).toBe('Sign in with Example');
    expect(button(view).attributes('href')).toBe('api/oidc/start');
    expect(view.findAll('[role=tab]')).toHaveLength(3);
  });

  it('is the only one where others are not taken', async () => {
    fakeServer({ 'GET access': ONLY });
    const view = await open();
    expect(button(view).text()).toBe('Sign in with Example');
    expect(view.findAll('form, [role=tab]')).toEqual([]);
    expect(view.text()).not.toContain('Nobody can sign in here');
  });

  it('is told of an invitation', async () => {
    const invitation = { by: 'Kim', rooms: ['Tech'], expiresAt: 1 };
    fakeServer({ 'GET access': ONLY, 'GET join/ci_1': invitation });
    const view = await open('/#invite=ci_1');
    expect(view.text()).toContain('invites you');
    expect(button(view).attributes('href')).toBe('api/oidc/start?invite=ci_1');
  });

  it('leads back to the place at which one left, signed in', async () => {
    const server = fakeServer({ 'GET access': ONLY, 'POST session/refresh': SIGNED_IN });
    const before = await open('/rooms/tech');
    button(before).element.addEventListener('click', (event) => event.preventDefault());
    await button(before).trigger('click');
    const view = await open('/#provider=in');
    expect(server.said('POST session/refresh')).toHaveLength(1);
    expect(useSession().user?.name).toBe('Alex');
    expect(useArrival().arrival).toBeNull();
    expect(view.vm.$router.currentRoute.value.fullPath).toBe('/rooms/tech');
    await open('/#provider=in');
    expect(useSession().signedIn).toBe(true);
  });

  it.each([
    ['denied', 'was cancelled'],
    ['unreachable', 'cannot be reached'],
    ['uninvited', 'need an invitation'],
    ['closed', 'no account here yet'],
    ['Your account is locked. Call 555', 'That did not work'],
    ['constructor', 'That did not work'],
  ])('says by a sentence of its own what went wrong: %s', async (word, sentence) => {
    const server = fakeServer({ 'GET access': ONLY });
    const view = await open(`/#provider=${encodeURIComponent(word)}`);
    expect(view.get('[role=alert]').text()).toContain(sentence);
    expect(view.text()).not.toContain('555');
    expect(server.said('POST session/refresh')).toEqual([]);
    expect(view.vm.$router.currentRoute.value.hash).toBe('');
    expect(view.findAll('a')).toHaveLength(1);
  });

  it('that left no session here is begun once more', async () => {
    fakeServer({ 'GET access': ONLY, 'POST session/refresh': new Refused(401, 'unauthorized') });
    const view = await open('/#provider=in');
    expect(view.get('[role=alert]').text()).toContain('Begin it once more');
    expect(useSession().signedIn).toBe(false);
  });
});
