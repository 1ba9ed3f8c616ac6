import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import type { RoomSummary } from '@/api/generated/protocol';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { snapshot } from '@/features/messages/test/snapshots';
import { registerRoomEvents } from './events';
import { useRooms } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

function summary(room: string, fields: Partial<RoomSummary> = {}): RoomSummary {
  return {
    room,
    title: room,
    topic: '',
    headSeq: 10,
    readSeq: 10,
    unread: 0,
    member: true,
    mine: false,
    online: 1,
    ...fields,
  };
}

function start(): ReturnType<typeof useRooms> {
  const rooms = useRooms();
  registerRoomEvents(connection as never);
  return rooms;
}

const slugs = (list: readonly { room: string }[]) => list.map(({ room }) => room);

describe('the rooms', () => {
  it('are split into those one is in and the others, by title', () => {
    const rooms = start();
    const list = [summary('tech'), summary('books', { member: false }), summary('general')];
    connection.emit({ type: 'rooms', rooms: list });
    expect(slugs(rooms.joined)).toEqual(['general', 'tech']);
    expect(slugs(rooms.others)).toEqual(['books']);
  });

  it('may have a name that every object knows', () => {
    const rooms = start();
    expect(rooms.room('constructor')).toBeUndefined();
    connection.emit({ type: 'rooms', rooms: [summary('constructor')] });
    expect(rooms.room('constructor')?.member).toBe(true);
  });

  it('keep an own room that a bounded list leaves out, and drop a foreign one', () => {
    const rooms = start();
    connection.emit({
      type: 'rooms',
      rooms: [summary('mine'), summary('foreign', { member: false })],
    });
    connection.emit({ type: 'rooms', rooms: [summary('tech')] });
    expect([...rooms.rooms.keys()].sort()).toEqual(['mine', 'tech']);
  });

  it('add up what is unread in those one is in', () => {
    const rooms = start();
    connection.emit({
      type: 'rooms',
      rooms: [
        summary('a', { readSeq: 1, unread: 3 }),
        summary('b', { readSeq: 1, unread: 4 }),
        summary('c', { readSeq: 1, unread: 9, member: false }),
      ],
    });
    expect(rooms.totalUnread).toBe(7);
  });

  it('are remembered for the next visit', () => {
    start();
    connection.emit({ type: 'rooms', rooms: [summary('tech', { title: 'Tech' })] });
    setActivePinia(createPinia());
    expect(useRooms().room('tech')).toMatchObject({ title: 'Tech', member: true });
  });

  it('are forgotten when what is remembered makes no sense', () => {
    localStorage.setItem('chinwag.rooms', '[null, 7, {"room": "tech"}]');
    expect([...useRooms().rooms.keys()]).toEqual([]);
  });

  it('follow the directory', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('tea'), summary('tech', { online: 5 })] });
    connection.emit({
      type: 'directory',
      changed: [
        { room: 'tech', title: 'Technology', topic: 'New' },
        { room: 'fresh', title: 'Fresh', topic: '' },
      ],
      removed: ['tea'],
    });
    expect(rooms.room('tech')).toMatchObject({ title: 'Technology', online: 5, member: true });
    expect(rooms.room('fresh')).toMatchObject({ member: false });
    expect(rooms.room('tea')).toBeUndefined();
  });

  it('follow what one does in another window', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('tech', { readSeq: 1, unread: 3 })] });
    connection.emit({ type: 'readMark', room: 'tech', seq: 10 });
    expect(rooms.room('tech')?.unread).toBe(0);
    connection.emit({ type: 'membership', room: 'tech', member: false });
    expect(rooms.room('tech')?.member).toBe(false);
  });

  it('keep nothing of a person who has signed out but the directory', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('tech', { readSeq: 1, unread: 3 })] });
    rooms.forgetPerson();
    expect(rooms.room('tech')).toMatchObject({ member: false, unread: 0, readSeq: 0 });
    expect(rooms.loaded).toBe(false);
  });
});

describe('the rooms one is in', () => {
  it('are those of the welcome and no others', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('gone'), summary('tech')] });
    rooms.takeOwn([summary('tech')]);
    expect(slugs(rooms.joined)).toEqual(['tech']);
  });
});

describe('reading', () => {
  it('goes forward only', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('tech', { readSeq: 4, unread: 3 })] });
    rooms.takeReadMark('tech', 8);
    rooms.takeReadMark('tech', 6);
    expect(rooms.room('tech')?.readSeq).toBe(8);
  });

  it('that the server has not heard of is told again', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary('tech', { readSeq: 4, unread: 3 })] });
    rooms.takeReadMark('tech', 8);
    rooms.takeOwn([summary('tech', { readSeq: 4, unread: 3 })]);
    expect(connection.notified).toEqual([{ type: 'read', room: 'tech', seq: 8 }]);
  });
});

describe('a wanted room', () => {
  it('is wanted until it is joined', () => {
    const rooms = start();
    rooms.wanted = 'general';
    connection.emit({ type: 'joined', ...snapshot(1, 2) });
    expect(rooms.wanted).toBeNull();
    expect(rooms.room('general')?.member).toBe(true);
  });

  it('is given up when it is refused, but not when it has to wait', async () => {
    const rooms = start();
    const refuse = (retryable: boolean) => {
      connection.answer = () => {
        throw new ProtocolError({ code: 'room_not_found', message: '', retryable });
      };
    };
    rooms.wanted = 'nowhere';
    refuse(true);
    await expect(rooms.join('nowhere')).rejects.toBeInstanceOf(ProtocolError);
    expect(rooms.wanted).toBe('nowhere');
    refuse(false);
    await expect(rooms.join('nowhere')).rejects.toBeInstanceOf(ProtocolError);
    expect(rooms.wanted).toBeNull();
  });
});
