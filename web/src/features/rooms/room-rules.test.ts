import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { COFFEE, summary } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import RoomRulesForm from './RoomRulesForm.vue';
import { type Room, roomFromSummary } from './room';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

enableAutoUnmount(afterEach);
beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

function form(fields: Partial<Room> = {}, all = true) {
  const room = roomFromSummary({ ...summary(COFFEE), ...fields });
  const wrapper = mount(RoomRulesForm, { props: { room, all }, attachTo: document.body });
  const select = (label: string) => {
    const found = wrapper.findAll('.select').find((each) => each.text().startsWith(label));
    return found?.get('select');
  };
  return {
    wrapper,
    select,
    labels: () => wrapper.findAll('label').map((label) => label.text()),
    press: (label: string) =>
      wrapper
        .findAll('button')
        .find((button) => button.text() === label)
        ?.trigger('click'),
    submit: async () => {
      await wrapper.get('form').trigger('submit');
      await flushPromises();
    },
  };
}

it('sends what was changed, and nothing else', async () => {
  const { wrapper, select, submit } = form({ slowModeS: 30 });
  await select('What do newcomers')?.setValue('joined');
  await select('Who writes')?.setValue('moderators');
  await select('Slow mode')?.setValue('0');
  connection.answer = () => ({ type: 'room', room: summary(COFFEE) });
  await submit();
  expect(connection.requests).toEqual([
    { type: 'updateRoom', room: COFFEE, history: 'joined', posting: 'moderators', slowModeS: 0 },
  ]);
  expect(wrapper.emitted('done')).toHaveLength(1);
});

it('asks the server for nothing when nothing was changed', async () => {
  const { wrapper, submit } = form();
  await submit();
  expect(connection.requests).toEqual([]);
  expect(wrapper.emitted('done')).toHaveLength(1);
});

it('says what becomes of what was said, before the room is another sort', async () => {
  const open = form();
  await open.select('Who finds')?.setValue('private');
  expect(open.wrapper.get('[role=status]').text()).toContain('will see it any more');
  const hidden = form({ kind: 'private' });
  await hidden.select('Who finds')?.setValue('public');
  expect(hidden.wrapper.get('[role=status]').text()).toContain('the room begins with this change');
});

it('lets a moderator say how fast people write, and no more', async () => {
  const { labels, wrapper } = form({}, false);
  expect(labels()).toEqual(['Slow mode']);
  expect(wrapper.findAll('button').map((button) => button.text())).toEqual(['Save']);
});

it('archives a room, and opens it again', async () => {
  connection.answer = () => ({ type: 'room', room: summary(COFFEE) });
  await form().press('Archive room');
  await form({ archived: true }).submit();
  expect(connection.requests).toEqual([
    { type: 'updateRoom', room: COFFEE, archived: true },
    { type: 'updateRoom', room: COFFEE, archived: false },
  ]);
});

it('stays with what the server refuses', async () => {
  const { wrapper, select, submit } = form();
  await select('Who finds')?.setValue('private');
  const body = { code: 'last_owner', message: 'It has no owner.', retryable: false } as const;
  connection.answer = () => Promise.reject(new ProtocolError(body));
  await submit();
  expect(wrapper.get('[role=alert]').text()).toBe('It has no owner.');
  expect(wrapper.emitted('done')).toBeUndefined();
});
