import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PinnedMessage } from '@/api/generated/protocol';
import { GENERAL, summary, TECH } from '@/api/test/rooms';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { patched } from '../message-patch';
import { changeOf, type MessageState } from '../message-state';
import type { MessageRow } from '../rows';
import { createFakeConnection, type FakeConnection } from '../test/fake-connection';
import { message, SAM } from '../test/log-events';
import { pinItem } from './menu';
import PinsPanel from './PinsPanel.vue';

let connection: FakeConnection;
let pins: PinnedMessage[] = [];
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('@/api/messages', () => ({ fetchPins: async () => ({ pins }) }));

beforeEach(() => {
  connection = createFakeConnection();
  connection.answer = () => ({ type: 'ok' });
  setActivePinia(createPinia());
  const session = useSession();
  session.$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  vi.spyOn(session, 'ask').mockImplementation((request) => request('token'));
});

function be(role: 'member' | 'owner', kind = 'public'): void {
  const room = { ...summary(GENERAL), member: true, role, kind };
  vi.spyOn(useRooms(), 'room').mockReturnValue(room as never);
}

function pin(seq: number): PinnedMessage {
  return { message: message(seq), by: { userId: SAM, name: 'Sam' }, at: 5 };
}

const header = { room: GENERAL, userId: SAM, name: 'Sam', at: 1, target: 1 };

describe('a pin', () => {
  it('is a change of its message, and goes with it', () => {
    const change = (seq: number, type: 'messagePinned' | 'messageUnpinned' | 'messageDeleted') =>
      changeOf({ ...header, seq, type }) as never;
    const plain = changeOf(message(1)) as MessageState;
    const pinned = patched(plain, change(2, 'messagePinned'));
    expect(pinned).toMatchObject({ pinned: true, changed: 2, editedAt: null });
    expect(patched(pinned, change(3, 'messageUnpinned')).pinned).toBe(false);
    expect(patched(pinned, change(3, 'messageDeleted')).pinned).toBe(false);
  });

  it('is in the menu of those who keep order, and of everybody in a conversation', () => {
    const row = (pinned: boolean) => ({ seq: 5, pinned }) as MessageRow;
    be('member');
    expect(pinItem(GENERAL, row(false))).toEqual([]);
    be('member', 'direct');
    expect(pinItem(GENERAL, row(false))[0]?.label).toBe('Pin');
    be('owner');
    const [item] = pinItem(GENERAL, row(true));
    expect(item?.label).toBe('Unpin');
    item?.select();
    expect(connection.requests).toEqual([{ type: 'unpin', room: GENERAL, target: 5 }]);
  });
});

describe('the list of pins', () => {
  const panel = () =>
    mount(PinsPanel, {
      props: { room: GENERAL },
      global: { stubs: { RouterLink: RouterLinkStub } },
    });

  it('leads to each of them, and is loaded anew when one comes or goes', async () => {
    be('owner');
    pins = [];
    const list = panel();
    await flushPromises();
    expect(list.text()).toContain('Nothing is pinned in this room yet');
    pins = [pin(4), pin(2)];
    connection.emit({ ...header, room: TECH, seq: 8, type: 'messagePinned' });
    await flushPromises();
    expect(list.findAll('li')).toHaveLength(0);
    connection.emit({ ...header, seq: 8, type: 'messagePinned' });
    await flushPromises();
    expect(list.findAll('li')).toHaveLength(2);
    expect(list.getComponent(RouterLinkStub).props('to')).toMatchObject({ params: { seq: 4 } });
    expect(list.get('li').text()).toContain('Pinned by Sam');
    await list.get('li button').trigger('click');
    expect(connection.requests).toEqual([{ type: 'unpin', room: GENERAL, target: 4 }]);
  });
});
