import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestFrame } from '@/api/frames';
import type { RoomSummary } from '@/api/generated/protocol';
import { BOOKS, COFFEE, GENERAL, summary, TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import BrowseRoomsDialog from './BrowseRoomsDialog.vue';
import { registerRoomEvents } from './events';

vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }));
let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const other = (id: number) => summary(id, { member: false });
/** What the server answers to each question, by what it looks for. */
let pages: Record<string, { rooms: RoomSummary[]; next?: string }>;

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  connection = createFakeConnection();
  connection.answer = answer;
  setActivePinia(createPinia());
  registerRoomEvents(connection as never);
});
afterEach(() => vi.useRealTimers());

function answer(asked: RequestFrame): unknown {
  if (asked.type !== 'rooms') {
    return { type: 'ok' };
  }
  const frame = {
    type: 'rooms',
    ...(pages[asked.after ?? asked.search ?? ''] ?? { rooms: [] }),
  } as const;
  connection.emit(frame);
  return frame;
}

async function browse() {
  const wrapper = mount(BrowseRoomsDialog, { props: { open: true }, attachTo: document.body });
  await flushPromises();
  return {
    wrapper,
    buttons: () =>
      wrapper
        .findAll('li button')
        .map((button) => button.attributes('aria-label') ?? button.text()),
    type: async (text: string) => {
      await wrapper.get('input').setValue(text);
      await vi.advanceTimersByTimeAsync(200);
      await flushPromises();
    },
  };
}

describe('browsing the rooms', () => {
  it('shows page after page, in the order of the server', async () => {
    pages = {
      '': { rooms: [summary(GENERAL), other(TEA)], next: 'two' },
      two: { rooms: [other(TEA), other(BOOKS)] },
    };
    const { wrapper, buttons } = await browse();
    expect(buttons()).toEqual(['Open general', 'Join tea', 'Show more']);
    await wrapper.findAll('li button').at(-1)?.trigger('click');
    await flushPromises();
    expect(buttons()).toEqual(['Open general', 'Join tea', 'Join books']);
  });

  it('has the server look for what is typed, once one pauses', async () => {
    pages = { '': { rooms: [other(TEA)] }, coffee: { rooms: [other(COFFEE)] } };
    const { wrapper, buttons, type } = await browse();
    await wrapper.get('input').setValue('cof');
    await type('coffee');
    expect(connection.requests.map((frame) => 'search' in frame && frame.search)).toEqual([
      '',
      'coffee',
    ]);
    expect(buttons()).toEqual(['Join coffee']);
    await type('nothing');
    expect(wrapper.get('[role=status]').text()).toContain('No room is called like that');
  });

  it('shows nothing of a search that is over', async () => {
    pages = { '': { rooms: [] }, tea: { rooms: [other(TEA)] }, books: { rooms: [other(BOOKS)] } };
    const { buttons, type } = await browse();
    let late: () => void = () => undefined;
    connection.answer = (frame) => new Promise((resolve) => (late = () => resolve(answer(frame))));
    await type('tea');
    const first = late;
    connection.answer = answer;
    await type('books');
    first();
    await flushPromises();
    expect(buttons()).toEqual(['Join books']);
  });
});

it('leaves conversations out, which have no names', async () => {
  const sam = { userId: 9, name: 'Sam', kind: 'member' } as const;
  const conversation = summary(TEA, { kind: 'direct', title: '', people: [sam] });
  pages = { '': { rooms: [conversation, other(COFFEE)] } };
  const { buttons } = await browse();
  expect(buttons()).toEqual(['Join coffee']);
});
