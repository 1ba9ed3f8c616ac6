import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoomSummary } from '@/api/generated/protocol';
import { registerMemberEvents } from '@/features/members';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { registerRoomEvents } from './events';
import { roomLabel, roomTitle } from './label';
import { mayRemove, maySetRoles, rankOf } from './rank';
import { useRooms } from './store';
import { useOtherPerson } from './use-other-person';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const PLANS = 41;
const SAM_AND_ME = 42;

function summary(room: number, fields: Partial<RoomSummary>): RoomSummary {
  const nothing = { title: '', topic: '', headSeq: 0, readSeq: 0, unread: 0, online: 0 };
  return { room, kind: 'public', ...nothing, member: true, role: 'member', ...fields };
}

const plans = summary(PLANS, { kind: 'private', slug: 'r7f3', title: 'Plans' });
const direct = summary(SAM_AND_ME, {
  kind: 'direct',
  people: [{ userId: 9, name: 'Sam', kind: 'member' }],
});

beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  registerRoomEvents(connection as never);
  registerMemberEvents(connection as never);
  useRooms().applyOwn([plans, direct, summary(1, { slug: 'general', title: 'General' })]);
});

describe('a conversation', () => {
  it('is called by its people, as they are called now', () => {
    const title = () => roomTitle(useRooms().room(SAM_AND_ME) as RoomSummary);
    expect([title(), useRooms().addressOf(SAM_AND_ME)]).toEqual(['Sam', '~42']);
    connection.emit({ type: 'userRenamed', user: { userId: 9, name: 'Samantha', kind: 'member' } });
    expect(title()).toBe('Samantha');
    expect(useRooms().conversations.map(({ room }) => room)).toEqual([SAM_AND_ME]);
  });

  it('shows whether the other one is there', () => {
    const other = useOtherPerson(() => useRooms().room(SAM_AND_ME));
    expect(other.value).toMatchObject({ name: 'Sam', state: 'offline' });
    connection.emit({ type: 'presence', room: SAM_AND_ME, online: 2, changes: [] });
    expect(other.value?.state).toBe('online');
  });
});

describe('a private room', () => {
  it('is called by its title, since nobody types its address, which is proposed to nobody', () => {
    expect(roomLabel(plans)).toBe('Plans');
    expect(useRooms().slugs).toEqual(['general']);
  });

  it('is gone with the membership, and says so where it was on show', () => {
    const rooms = useRooms();
    rooms.open('r7f3');
    connection.emit({ type: 'membership', room: PLANS, member: false });
    expect(rooms.room(PLANS)).toBeUndefined();
    expect(rooms.lost).toEqual({ address: 'r7f3', title: 'Plans' });
    rooms.open('general');
    expect(rooms.lost).toBeNull();
    // A public one is still there to be joined.
    connection.emit({ type: 'membership', room: 1, member: false });
    expect(rooms.room(1)).toMatchObject({ member: false });
  });

  it('that is not among one’s own any more was lost while there was no connection', () => {
    useRooms().applyOwn([direct]);
    expect([...useRooms().rooms.keys()]).toEqual([SAM_AND_ME, 1]);
  });

  it('stays with the person: the next one at this browser does not see it', () => {
    useRooms().forgetPerson();
    expect([...useRooms().rooms.keys()]).toEqual([1]);
    expect(localStorage.getItem('chinwag.rooms')).not.toContain('Plans');
  });
});

describe('what is offered to somebody in a room', () => {
  const member = { userId: 7, name: 'Alex', kind: 'member' } as const;
  const rank = (room: Partial<RoomSummary>, user: Parameters<typeof rankOf>[1] = member) =>
    rankOf(summary(1, room), user);

  it('is to take out whoever stands below', () => {
    expect(mayRemove(rank({ role: 'member' }), 'member')).toBe(false);
    expect(mayRemove(rank({ role: 'moderator' }), 'member')).toBe(true);
    expect(mayRemove(rank({ role: 'moderator' }), 'moderator')).toBe(false);
    expect(mayRemove(rank({ role: 'owner' }), 'owner')).toBe(false);
  });

  it('is more for whoever keeps order on the server, where everybody sees it', () => {
    const staff = { ...member, role: 'moderator' } as const;
    expect(maySetRoles(rank({ role: 'moderator' }))).toBe(false);
    expect(maySetRoles(rank({ role: undefined }, staff))).toBe(true);
    expect(maySetRoles(rank({ kind: 'private', role: 'member' }, staff))).toBe(false);
  });

  it('follows the own role', () => {
    const role = {
      type: 'roleChanged',
      room: PLANS,
      seq: 1,
      at: 0,
      userId: 9,
      name: 'Sam',
    } as const;
    const subject = { userId: 7, name: 'Alex' };
    connection.emit({ ...role, subject: { ...subject, userId: 8 }, role: 'owner' });
    expect(useRooms().room(PLANS)?.role).toBe('member');
    connection.emit({ ...role, seq: 2, subject, role: 'owner' });
    expect(useRooms().room(PLANS)?.role).toBe('owner');
  });
});
