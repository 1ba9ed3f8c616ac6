import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from '@/api/errors';
import type { RoomSummary } from '@/api/generated/protocol';
import { COFFEE, TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { registerRoomEvents } from './events';
import RoomHeader from './RoomHeader.vue';
import RoomMenu from './RoomMenu.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const coffee: RoomSummary = {
  room: COFFEE,
  kind: 'public',
  slug: 'coffee',
  title: 'Coffee',
  topic: 'Beans',
  headSeq: 2,
  readSeq: 2,
  unread: 0,
  member: true,
  online: 1,
};

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  registerRoomEvents(connection as never);
  connection.emit({
    type: 'rooms',
    rooms: [coffee, { ...coffee, room: TEA, slug: 'tea', title: 'Tea' }],
  });
});

function header() {
  const wrapper = mount(RoomHeader, {
    props: { id: COFFEE, address: 'coffee', narrow: false, peopleShown: true },
    global: { stubs: { RouterLink: true } },
    attachTo: document.body,
  });
  return {
    wrapper,
    leave: async () => {
      await vi.dynamicImportSettled();
      await flushPromises();
      wrapper.getComponent(RoomMenu).vm.$emit('leave');
      await flushPromises();
    },
    problem: () => wrapper.find('[role=alert]').exists(),
  };
}

describe('why a room could not be left', () => {
  beforeEach(() => {
    connection.state = { name: 'waiting' };
    connection.answer = () => Promise.reject(new ConnectionLost());
  });

  it('is said until the connection is back', async () => {
    const { leave, problem } = header();
    await leave();
    expect(problem()).toBe(true);
    connection.state = { name: 'connecting' };
    await flushPromises();
    expect(problem()).toBe(true);
    connection.state = { name: 'live' };
    await flushPromises();
    expect(problem()).toBe(false);
  });

  it('is not said of another room', async () => {
    const { wrapper, leave, problem } = header();
    await leave();
    await wrapper.setProps({ id: TEA, address: 'tea' });
    expect(problem()).toBe(false);
  });

  it('is not said when it comes after another room has been opened', async () => {
    const { wrapper, leave, problem } = header();
    let refuse: (error: Error) => void = () => undefined;
    connection.answer = () => new Promise((_, reject) => (refuse = reject));
    await leave();
    await wrapper.setProps({ id: TEA, address: 'tea' });
    refuse(new ConnectionLost());
    await flushPromises();
    expect(problem()).toBe(false);
  });
});
