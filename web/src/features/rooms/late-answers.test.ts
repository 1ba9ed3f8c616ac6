import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestFrame } from '@/api/frames';
import type { RoomSummary } from '@/api/generated/protocol';
import { GENERAL, TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { joined } from '@/features/messages/test/snapshots';
import BrowseRoomsDialog from './BrowseRoomsDialog.vue';
import { registerRoomEvents } from './events';
import NewConversationDialog from './NewConversationDialog.vue';
import RoomHeader from './RoomHeader.vue';
import RoomMenu from './RoomMenu.vue';
import { useRooms } from './store';

const push = vi.fn();
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }));
let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const tea: RoomSummary = {
  room: TEA,
  kind: 'public',
  slug: 'tea',
  title: 'Tea',
  topic: '',
  headSeq: 2,
  readSeq: 2,
  unread: 0,
  member: false,
  online: 1,
};

/** Lets the server answer what it was asked. */
let answer: () => Promise<void>;

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  push.mockReset();
  connection = createFakeConnection();
  const held: (() => void)[] = [];
  connection.answer = (frame) => new Promise((resolve) => held.push(() => resolve(replyTo(frame))));
  answer = async () => {
    while (held.length > 0) {
      held.shift()?.();
      await flushPromises();
    }
  };
  setActivePinia(createPinia());
  registerRoomEvents(connection as never);
  useRooms().open('general');
  connection.emit({ type: 'rooms', rooms: [tea] });
});

function replyTo(frame: RequestFrame): unknown {
  switch (frame.type) {
    case 'createRoom':
      return { type: 'room', room: { ...tea, member: true } };
    case 'rooms':
      return { type: 'rooms', rooms: [tea] };
    case 'join':
      return joined(1, 1, { room: TEA });
    default:
      return { type: 'ok' };
  }
}

async function create() {
  const wrapper = mount(NewConversationDialog, {
    props: { open: true, start: 'public' },
    attachTo: document.body,
  });
  await wrapper.get('input[type=text]').setValue('Tea');
  await wrapper.get('form').trigger('submit');
  return wrapper;
}

async function browse() {
  const wrapper = mount(BrowseRoomsDialog, { props: { open: true }, attachTo: document.body });
  await answer();
  await wrapper.get('[aria-label="Join Tea"]').trigger('click');
  return wrapper;
}

/** What the server makes of a title. */
vi.mock('@/api/http', async (original) => ({
  ...(await original<typeof import('@/api/http')>()),
  addressFor: async (title: string) => title.toLowerCase(),
}));

describe.each([
  ['creates', create],
  ['joins', browse],
])('whoever %s a room', (_does, ask) => {
  it('is taken there', async () => {
    const wrapper = await ask();
    await answer();
    expect(push).toHaveBeenCalledExactlyOnceWith({ name: 'room', params: { room: 'tea' } });
    expect(wrapper.emitted('update:open')).toEqual([[false]]);
  });

  it('and closes the dialog before the answer stays, also with another one open', async () => {
    const wrapper = await ask();
    await wrapper.setProps({ open: false });
    await wrapper.setProps({ open: true });
    await answer();
    expect(push).not.toHaveBeenCalled();
    expect(wrapper.emitted('update:open')).toBeUndefined();
  });

  it('and goes elsewhere before the answer stays there', async () => {
    const wrapper = await ask();
    useRooms().open('random');
    await answer();
    expect(push).not.toHaveBeenCalled();
    expect(wrapper.emitted('update:open')).toEqual([[false]]);
  });
});

describe('whoever leaves a room', () => {
  async function leave() {
    connection.emit({ type: 'rooms', rooms: [{ ...tea, member: true }] });
    const wrapper = mount(RoomHeader, {
      props: { id: TEA, address: 'tea', narrow: false, peopleShown: true },
      global: { stubs: { RouterLink: true } },
      attachTo: document.body,
    });
    await vi.dynamicImportSettled();
    await flushPromises();
    wrapper.get<HTMLElement>('[aria-label="More about Tea"]').element.focus();
    wrapper.getComponent(RoomMenu).vm.$emit('leave');
    return wrapper;
  }

  it('has the focus on its heading', async () => {
    const wrapper = await leave();
    await answer();
    expect(document.activeElement).toBe(wrapper.get('h1').element);
  });

  it('keeps the focus that was set elsewhere before the answer', async () => {
    await leave();
    const elsewhere = document.body.appendChild(document.createElement('textarea'));
    elsewhere.focus();
    await answer();
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });

  it('has no focus on the heading of another room', async () => {
    const wrapper = await leave();
    await wrapper.setProps({ id: GENERAL, address: 'general' });
    await answer();
    expect(document.activeElement).toBe(document.body);
  });
});
