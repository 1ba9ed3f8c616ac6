import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import type { RoomSummary } from '@/api/generated/protocol';
import { COFFEE } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { teachPopover } from '@/ui/test/popover';
import { registerRoomEvents } from './events';
import RoomHeader from './RoomHeader.vue';
import { useRooms } from './store';

const replace = vi.fn();
vi.mock('vue-router', () => ({ useRouter: () => ({ replace }) }));
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
  role: 'owner',
  online: 1,
};

enableAutoUnmount(afterEach);
beforeEach(() => {
  teachPopover();
  localStorage.clear();
  replace.mockReset();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  registerRoomEvents(connection as never);
  useRooms().open('coffee');
});

function header(room: RoomSummary = coffee) {
  connection.emit({ type: 'rooms', rooms: [room] });
  const wrapper = mount(RoomHeader, {
    props: { id: COFFEE, address: 'coffee', narrow: false, peopleShown: true },
    global: { stubs: { RouterLink: true } },
    attachTo: document.body,
  });
  const button = (label: string) =>
    wrapper.findAll('button').find((found) => found.text() === label);
  return {
    wrapper,
    press: async (label: string) => button(label)?.trigger('click'),
    openSettings: async () => {
      await vi.dynamicImportSettled();
      await flushPromises();
      await wrapper.get('[aria-label="More about Coffee"]').trigger('click');
      await button('Settings…')?.trigger('click');
      await vi.dynamicImportSettled();
      await flushPromises();
    },
    submit: async () => {
      await wrapper.get('dialog form').trigger('submit');
      await flushPromises();
    },
    fields: () => wrapper.findAll<HTMLInputElement>('dialog input:not([type=file])'),
  };
}

describe('the settings of a room', () => {
  it('change title and topic', async () => {
    const { wrapper, openSettings, fields, submit } = header();
    await openSettings();
    const [title, slug, topic] = fields();
    expect([title, slug, topic].map((field) => field?.element.value)).toEqual([
      'Coffee',
      'coffee',
      'Beans',
    ]);
    await title?.setValue(' Coffee & tea ');
    await topic?.setValue('');
    const changed = { ...coffee, title: 'Coffee & tea', topic: '' };
    connection.answer = () => ({ type: 'room', room: changed });
    await submit();
    expect(connection.requests).toEqual([
      { type: 'updateRoom', room: COFFEE, title: 'Coffee & tea', topic: '' },
    ]);
    expect(wrapper.get('h1').text()).toContain('Coffee & tea');
    expect(wrapper.find('dialog form').exists()).toBe(false);
  });

  it('change the address, and say beside it when there is a room already', async () => {
    const { wrapper, openSettings, fields, submit } = header();
    await openSettings();
    const refuse = (code: 'room_exists' | 'room_invalid') => {
      const body = { code, message: 'It needs a letter.', retryable: false };
      connection.answer = () => Promise.reject(new ProtocolError(body));
    };
    await fields()[1]?.setValue('...');
    refuse('room_invalid');
    await submit();
    expect(wrapper.get('[role=alert]').text()).toBe('It needs a letter.');
    await fields()[1]?.setValue('Чай');
    refuse('room_exists');
    await submit();
    expect(connection.requests.at(-1)).toMatchObject({
      type: 'updateRoom',
      room: COFFEE,
      slug: 'Чай',
    });
    expect(wrapper.get('[role=alert]').text()).toContain('this address already');
    expect(document.activeElement).toBe(fields()[1]?.element);
  });

  it('do not ask for an address where a room has none', async () => {
    const { slug: _, ...nameless } = coffee;
    useRooms().open(`~${COFFEE}`);
    const { openSettings, fields } = header(nameless);
    await openSettings();
    expect(fields()).toHaveLength(2);
  });

  it('keep the dialog open for what the server or the form refuses', async () => {
    const { wrapper, openSettings, fields, submit } = header();
    await openSettings();
    await fields()[0]?.setValue('  ');
    await submit();
    expect(wrapper.get('[role=alert]').text()).toBe('Give the room a title.');
    await fields()[0]?.setValue('Tea');
    const body = { code: 'forbidden', message: 'No.', retryable: false } as const;
    connection.answer = () => Promise.reject(new ProtocolError(body));
    await submit();
    expect(wrapper.get('[role=alert]').text()).toContain('You may not do this here.');
    expect(fields()[0]?.element.value).toBe('Tea');
  });
});

describe('deleting a room', () => {
  it('asks first, and can be thought better of', async () => {
    const { wrapper, openSettings, press, fields } = header();
    await openSettings();
    await press('Delete room…');
    expect(wrapper.get('dialog h2').text()).toBe('Delete Coffee?');
    expect(wrapper.get('dialog h2 bdi').text()).toBe('Coffee');
    expect(document.activeElement?.textContent).toContain('cannot be undone');
    await press('Keep it');
    expect(fields()).toHaveLength(3);
    expect(connection.requests).toEqual([]);
  });

  it('leads away from it, also when its end is told before the answer', async () => {
    const { wrapper, openSettings, press, submit } = header();
    await openSettings();
    await press('Delete room…');
    connection.answer = async () => {
      connection.emit({ type: 'directory', changed: [], removed: [COFFEE] });
      await flushPromises();
      expect(wrapper.find('dialog').exists()).toBe(false);
      return { type: 'ok' };
    };
    await submit();
    expect(connection.requests).toEqual([{ type: 'deleteRoom', room: COFFEE }]);
    expect(replace).toHaveBeenCalledExactlyOnceWith({ name: 'home' });
  });

  it('leaves alone whoever is elsewhere when the answer comes', async () => {
    const { openSettings, press, submit } = header();
    await openSettings();
    await press('Delete room…');
    connection.answer = () => {
      useRooms().open('tea');
      return { type: 'ok' };
    };
    await submit();
    expect(replace).not.toHaveBeenCalled();
  });

  it('stays with a room that could not be deleted, and says why', async () => {
    const { wrapper, openSettings, press, submit } = header();
    await openSettings();
    await press('Delete room…');
    const body = { code: 'busy', message: 'No.', retryable: true } as const;
    connection.answer = () => Promise.reject(new ProtocolError(body));
    await submit();
    expect(wrapper.get('[role=alert]').text()).toBe('The server is busy. Try again.');
    expect(replace).not.toHaveBeenCalled();
  });
});
