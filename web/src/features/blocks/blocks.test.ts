import { enableAutoUnmount, flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer, Refused } from '@/api/test/server';
import ConversationRow from '@/features/messages/ConversationRow.vue';
import type { MessageRow } from '@/features/messages/rows';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { press } from '@/ui/test/finding';
import BlockedList from './BlockedList.vue';
import { block } from './requests';
import { useBlocked } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const SAM = 9;

function signIn(userId = 7): void {
  const user = { userId, name: 'Alex', kind: 'member' } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
}

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  signIn();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('whom one blocks', () => {
  it('is kept for the next visit, and for this person alone', async () => {
    fakeServer({ [`PUT blocks/${SAM}`]: undefined });
    await block(SAM, true);
    expect(useBlocked().has(SAM)).toBe(true);
    setActivePinia(createPinia());
    expect(useBlocked().has(SAM)).toBe(true);
    signIn(8);
    expect(useBlocked().has(SAM)).toBe(false);
  });

  it('is known in the other windows of the browser', async () => {
    const blocked = useBlocked();
    expect(blocked.has(SAM)).toBe(false);
    localStorage.setItem('chinwag.blocked', JSON.stringify({ by: 7, people: [SAM] }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'chinwag.blocked' }));
    expect(blocked.has(SAM)).toBe(true);
  });

  it('stays as it was when the server refuses', async () => {
    fakeServer({ [`PUT blocks/${SAM}`]: new Refused(403, 'forbidden') });
    await expect(block(SAM, true)).rejects.toThrow();
    expect(useBlocked().has(SAM)).toBe(false);
  });
});

it('a message of somebody blocked is shown when it is asked for', async () => {
  const row = {
    ...{
      kind: 'message',
      attachments: [],
      files: [],
      key: 'm5',
      seq: 5,
      clientId: null,
      userId: SAM,
      name: 'Sam',
    },
    ...{ text: 'an insult', messageKind: 'text', edited: false, deleted: false, reactions: [] },
    ...{ at: 0, own: false, head: true, delivery: 'sent', problem: null },
  } as unknown as MessageRow;
  useBlocked().apply([SAM]);
  const props = { room: 1, row, address: 'general', label: '#general', today: 0 };
  const flags = { highlighted: false, tabStop: false, empty: false, failed: false };
  const view = mount(ConversationRow, {
    props: { ...props, ...flags },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  await vi.waitFor(() => expect(view.text()).toContain('Message from somebody you blocked'));
  expect(view.text()).not.toContain('insult');
  await press(view, 'Show');
  expect(view.text()).toContain('an insult');
});

it('the list says who is blocked, and ends it', async () => {
  fakeServer({
    'GET blocks': { people: [{ userId: SAM, name: 'Sam' }] },
    [`DELETE blocks/${SAM}`]: undefined,
  });
  const view = mount(BlockedList, { attachTo: document.body });
  await flushPromises();
  expect(view.get('li').text()).toContain('Sam');
  expect(useBlocked().has(SAM)).toBe(true);
  await press(view, 'Unblock Sam');
  await flushPromises();
  expect(view.text()).toContain('You block nobody');
  expect(useBlocked().has(SAM)).toBe(false);
  expect(document.activeElement?.textContent).toContain('Whom you block');
});
