import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { Member } from '@/api/generated/protocol';
import { GENERAL, TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { minute } from '@/features/messages/test/log-events';
import { joined } from '@/features/messages/test/snapshots';
import { registerPeopleEvents } from '@/features/people';
import { registerMemberEvents } from './events';
import MemberPanel from './MemberPanel.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ALEX: Member = { userId: 7, name: 'Alex', state: 'online', kind: 'guest' };
const SAM: Member = { userId: 9, name: 'Sam', state: 'offline', kind: 'guest' };
/** A reply comes to the handlers, too, as every frame does. */
const page = (members: Member[]) => {
  const reply = { type: 'members', room: GENERAL, members } as const;
  connection.emit(reply);
  return reply;
};
const unavailable = new ProtocolError({ code: 'unavailable', message: 'No.', retryable: true });

enableAutoUnmount(afterEach);
beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
  registerPeopleEvents(connection as never);
  registerMemberEvents(connection as never);
  connection.emit(joined(1, 10, { members: [ALEX], memberCount: 1 }));
});

const panel = () => mount(MemberPanel, { props: { room: GENERAL } });

describe('the list of people', () => {
  it('shows who is there, in groups that say how many', () => {
    connection.emit(joined(1, 10, { members: [ALEX, SAM], memberCount: 2 }));
    const groups = panel().findAll('section section');
    expect(groups.map((group) => group.get('h3').text())).toEqual(['Online1', 'Offline1']);
    expect(groups[1]?.text()).toContain('Sam');
  });

  it('tells of a person what is out of the ordinary', () => {
    const visitor: Member = { ...SAM, state: 'online', via: 'socketio' };
    connection.emit(joined(1, 10, { members: [ALEX, visitor], memberCount: 1 }));
    const people = panel().findAll('li');
    expect(people.map((person) => person.get('.names').text())).toEqual([
      'Alex',
      'SamGuest, Socket.IO',
    ]);
  });

  it('follows a new name and another presence, wherever they are told', async () => {
    const list = panel();
    connection.emit(joined(1, 10, { room: TEA, members: [SAM], memberCount: 1 }));
    const header = { room: TEA, seq: 11, at: minute(60), userId: 7, name: 'Alexandra' };
    connection.emit({ type: 'memberRenamed', ...header, oldName: 'Alex' });
    const changes: Member[] = [{ ...ALEX, name: 'Alexandra', state: 'away' }];
    connection.emit({ type: 'presence', room: TEA, online: 1, changes });
    await nextTick();
    expect([list.get('h3').text(), list.get('.name').text()]).toEqual(['Away1', 'Alexandra']);
  });

  it('shows who is here: elsewhere somebody may not be, or be alone', async () => {
    const list = panel();
    const gone: Member[] = [{ ...ALEX, state: 'offline' }];
    connection.emit({ type: 'presence', room: TEA, online: 0, changes: gone });
    await nextTick();
    expect(list.get('h3').text()).toBe('Online1');
    connection.emit({ type: 'presence', room: GENERAL, online: 0, changes: gone });
    connection.emit(joined(1, 10, { room: TEA, members: [ALEX], memberCount: 1 }));
    await nextTick();
    expect(list.get('h3').text()).toBe('Offline1');
  });

  it('makes up for missed changes when the connection is quiet again', async () => {
    const list = panel();
    connection.answer = () => page([ALEX, SAM]);
    connection.replaying = true;
    connection.emit({ type: 'stale' });
    await flushPromises();
    expect(connection.requests).toEqual([]);
    connection.replaying = false;
    await flushPromises();
    expect(connection.requests).toHaveLength(1);
    expect(list.text()).toContain('Sam');
  });

  it('says that it could not be loaded, and tries again when asked', async () => {
    const list = panel();
    connection.answer = () => Promise.reject(unavailable);
    connection.emit({ type: 'stale' });
    await flushPromises();
    expect(list.get('[role=alert]').text()).toContain('could not be loaded');
    expect(connection.requests).toHaveLength(1);
    connection.answer = () => page([ALEX, SAM]);
    await list.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(list.find('[role=alert]').exists()).toBe(false);
    expect(list.text()).toContain('Sam');
  });

  it('waits for the connection when that was lost, without a word', async () => {
    const list = panel();
    connection.answer = () => {
      connection.state = { name: 'waiting' };
      return Promise.reject(new ConnectionLost());
    };
    connection.emit({ type: 'stale' });
    await flushPromises();
    expect(list.find('[role=alert]').exists()).toBe(false);
    expect(connection.requests).toHaveLength(1);
    connection.answer = () => page([ALEX, SAM]);
    connection.state = { name: 'live' };
    await nextTick();
    await flushPromises();
    expect(list.text()).toContain('Sam');
  });
});
