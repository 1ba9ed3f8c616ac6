import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { AccountKind } from '@/api/generated/protocol';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { field, press, submit } from '@/ui/test/finding';
import ArrivalDialog from './ArrivalDialog.vue';
import { useArrival } from './arrival';
import { writeSession } from './storage';
import { useSession } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const user = (kind: AccountKind, userId = 7) => ({ userId, name: 'Alex', kind });
const signedIn = (accessToken: string, of = user('guest')) => ({
  accessToken,
  expiresIn: 900,
  user: of,
});
const ACCESS = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
};

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function open(hash: string, answers: Record<string, unknown>, kind: AccountKind = 'guest') {
  const server = fakeServer({ 'GET access': ACCESS, ...answers });
  writeSession({ user: user(kind), since: 1 });
  const component = { template: '<div />' };
  const routes = [{ path: '/', name: 'home', component }];
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(`/${hash}`);
  const plugins = [createPinia(), router];
  const options = { global: { plugins }, attachTo: document.body };
  const view = mount(ArrivalDialog, { props: { open: false }, ...options });
  useArrival();
  useSession().begin(signedIn('jwt-1', user(kind)));
  await view.setProps({ open: true });
  await flushPromises();
  return { server, view, router };
}

describe('an invitation for somebody who is signed in', () => {
  const join = { 'GET join/ci_1': { by: 'Kim', rooms: ['Tech'], expiresAt: 1 } };

  it('leaves the address, and is taken or not', async () => {
    const { server, view, router } = await open('#invite=ci_1', {
      ...join,
      'POST join/ci_1': undefined,
    });
    expect(router.currentRoute.value.hash).toBe('');
    expect(view.text()).toMatch(/You join.*Tech/);
    await submit(view);
    expect(server.said('POST join/ci_1')[0]?.token).toBe('jwt-1');
    expect(view.emitted('update:open')).toEqual([[false]]);
  });

  it('makes a member of a guest who wants that', async () => {
    const answers = { ...join, 'POST accounts': signedIn('jwt-2', user('member')) };
    const { server, view } = await open('#invite=ci_1', answers);
    await press(view, 'Create account');
    await field(view, 'Password').setValue('long enough');
    await submit(view);
    expect(server.said('POST accounts')[0]).toMatchObject({
      token: 'jwt-1',
      body: { name: 'Alex', invite: 'ci_1' },
    });
    expect(useSession().user?.kind).toBe('member');
  });

  it('to an office takes an account', async () => {
    const owner = { rooms: [], role: 'owner', expiresAt: 1 };
    const { view } = await open('#invite=ci_1', { 'GET join/ci_1': owner });
    expect(view.text()).toContain('You will be the owner of this server.');
    expect(view.findAll('button').map((each) => each.text())).not.toContain('Join');
  });

  it('that is good no more says so', async () => {
    const { view } = await open('#invite=ci_1', {
      'GET join/ci_1': new Refused(403, 'invite_invalid'),
    });
    expect(view.get('[role=alert]').text()).toContain('used up or withdrawn');
  });
});

describe('a link for somebody who is signed in', () => {
  it('asks first, and then signs the one out and the other in', async () => {
    const { server, view } = await open('#link=cl_1', {
      'POST session': signedIn('jwt-2', user('member', 8)),
      'DELETE session': undefined,
    });
    expect(server.said('POST session')).toEqual([]);
    await submit(view);
    expect(server.said('POST session')[0]?.body).toEqual({ link: 'cl_1', holdName: true });
    // The cookie is of the new session by then, and stays.
    expect(server.said('DELETE session')[0]).toMatchObject({
      token: 'jwt-1',
      credentials: 'omit',
    });
    expect(useSession()).toMatchObject({ user: { userId: 8 }, accessToken: 'jwt-2' });
  });

  it('that is good no more leaves who is signed in', async () => {
    const { view } = await open('#link=cl_1', { 'POST session': new Refused(401, 'unauthorized') });
    await submit(view);
    expect(view.get('[role=alert]').text()).toContain('used already');
    expect(useSession()).toMatchObject({ signedIn: true, user: { userId: 7 } });
  });
});
