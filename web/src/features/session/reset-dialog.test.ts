import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { field, submit } from '@/ui/test/finding';
import { useArrival } from './arrival';
import ResetDialog from './ResetDialog.vue';
import ForgotPassword from './sign-in/ForgotPassword.vue';
import { useSession } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ACCESS = {
  access: 'open',
  guests: true,
  passwordLength: 12,
  providers: [],
  passwords: true,
  mail: true,
};
const SIGNED_IN = {
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

async function open(answers: Record<string, unknown>) {
  const server = fakeServer({ 'GET access': ACCESS, ...answers });
  const routes = [{ path: '/', name: 'home', component: { template: '<div />' } }];
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push('/#reset=cr_1');
  const plugins = [createPinia(), router];
  const options = { global: { plugins }, attachTo: document.body };
  const view = mount(ResetDialog, { props: { open: false }, ...options });
  useArrival();
  await view.setProps({ open: true });
  await flushPromises();
  return { server, view, router };
}

it('sets another password, signs in, and leaves nothing in the address', async () => {
  const { server, view, router } = await open({ 'PUT password-reset': SIGNED_IN });
  expect(router.currentRoute.value.hash).toBe('');
  await field(view, 'New password').setValue('too short');
  await submit(view);
  expect(view.text()).toContain('A password has at least 12 characters');
  await field(view, 'New password').setValue('long enough now');
  await submit(view);
  const body = { code: 'cr_1', password: 'long enough now' };
  expect(server.said('PUT password-reset').map((said) => said.body)).toEqual([body]);
  expect(useSession().user?.name).toBe('Alex');
  expect(view.emitted('update:open')).toEqual([[false]]);
});

it.each([
  [new Refused(401, 'unauthorized'), 'used already, or is too old'],
  [new Refused(400, 'password_refused'), 'refused'],
])('says why it was refused: %o', async (refusal, words) => {
  const { view } = await open({ 'PUT password-reset': refusal });
  await field(view, 'New password').setValue('long enough now');
  await submit(view);
  expect(view.text()).toContain(words);
  expect(useSession().signedIn).toBe(false);
});

it('has a mail be sent, and says the same whoever has an account', async () => {
  const server = fakeServer({ 'POST password-reset': undefined });
  const view = mount(ForgotPassword, {
    props: { open: true },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  });
  await submit(view);
  expect(view.text()).toContain('Enter your e-mail address.');
  await field(view, 'E-mail').setValue(' alex@example.org ');
  await submit(view);
  expect(server.said('POST password-reset').map(({ body }) => body)).toEqual([
    { email: 'alex@example.org' },
  ]);
  expect(view.get('[role=status]').text()).toContain('If an account has this address');
});
