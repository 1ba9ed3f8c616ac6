import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import type { RoomSummary } from '@/api/generated/protocol';
import { BOOKS, COFFEE, GENERAL, summary, TEA, TECH } from '@/api/test/rooms';
import { fakeServer } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { snapshot } from '@/features/messages/test/snapshots';
import { useSession } from '@/features/session/store';
import { registerRoomEvents } from './events';
import { useRooms } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

function start(): ReturnType<typeof useRooms> {
  const rooms = useRooms();
  registerRoomEvents(connection as never);
  return rooms;
}

const numbers = (list: readonly { room: number }[]) => list.map(({ room }) => room);

describe('the rooms', () => {
  it('are split into those one is in and the others, by title', () => {
    const rooms = start();
    const list = [summary(TECH), summary(BOOKS, { member: false }), summary(GENERAL)];
    connection.emit({ type: 'rooms', rooms: list });
    expect(numbers(rooms.joined)).toEqual([GENERAL, TECH]);
    expect(numbers(rooms.others)).toEqual([BOOKS]);
  });

  it('may have a slug that every object knows', () => {
    const rooms = start();
    expect(rooms.numberAt('constructor')).toBeNull();
    connection.emit({ type: 'rooms', rooms: [summary(TEA, { slug: 'constructor' })] });
    expect(rooms.numberAt('constructor')).toBe(TEA);
  });

  /** Answers with this page of the list of rooms. */
  function page(list: RoomSummary[], next?: string): void {
    connection.answer = () => {
      const frame = { type: 'rooms', rooms: list, next } as const;
      connection.emit(frame);
      return frame;
    };
  }

  it('keep an own room that a bounded list leaves out, and one that is on show, and drop others', async () => {
    const rooms = start();
    connection.emit({
      type: 'rooms',
      rooms: [summary(90), summary(91, { member: false }), summary(92, { member: false })],
    });
    rooms.open(rooms.addressOf(92));
    page([summary(TECH)]);
    await rooms.refresh();
    expect([...rooms.rooms.keys()].sort()).toEqual([TECH, 90, 92]);
  });

  it('stand as on the first page, and others that are found later behind it', async () => {
    const rooms = start();
    const others = [TECH, BOOKS].map((id) => summary(id, { member: false }));
    page(others, '2.5.tech');
    await rooms.refresh();
    connection.emit({ type: 'rooms', rooms: [summary(90, { member: false, title: 'Aardvark' })] });
    expect(numbers(rooms.others)).toEqual([TECH, BOOKS, 90]);
    expect(rooms.hasMore).toBe(true);
  });

  it('add up what is unread in those one is in', () => {
    const rooms = start();
    connection.emit({
      type: 'rooms',
      rooms: [
        summary(TEA, { readSeq: 1, unread: 3 }),
        summary(BOOKS, { readSeq: 1, unread: 4 }),
        summary(COFFEE, { readSeq: 1, unread: 9, member: false }),
      ],
    });
    expect(rooms.totalUnread).toBe(7);
  });

  it('are remembered for the next visit', () => {
    start();
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { title: 'Tech' })] });
    setActivePinia(createPinia());
    expect(useRooms().room(TECH)).toMatchObject({ title: 'Tech', member: true });
  });

  it('are forgotten when what is remembered makes no sense', () => {
    localStorage.setItem('chinwag.rooms', '[null, 7, {"room": "tech"}]');
    expect([...useRooms().rooms.keys()]).toEqual([]);
  });

  it('follow the directory', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TEA), summary(TECH, { online: 5 })] });
    connection.emit({
      type: 'directory',
      changed: [
        { room: TECH, slug: 'tech', title: 'Technology', topic: 'New' },
        { room: 90, slug: 'fresh', title: 'Fresh', topic: '' },
      ],
      removed: [TEA],
    });
    expect(rooms.room(TECH)).toMatchObject({ title: 'Technology', online: 5, member: true });
    expect(rooms.room(90)).toMatchObject({ member: false });
    expect(rooms.room(TEA)).toBeUndefined();
  });

  it('stay for those who are in them when they are not public any more', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TEA), summary(BOOKS, { member: false })] });
    connection.emit({
      type: 'roomUpdated',
      ...{ room: TEA, seq: 99, at: 9, userId: 3, name: 'Sam' },
      ...{ slug: 'x7f3', title: 'Tea', topic: '', kind: 'private' },
    });
    connection.emit({ type: 'directory', changed: [], removed: [TEA, BOOKS] });
    expect(rooms.room(TEA)).toMatchObject({ kind: 'private', slug: 'x7f3' });
    expect(rooms.room(BOOKS)).toBeUndefined();
  });

  it('follow what one does in another window', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { readSeq: 1, unread: 3 })] });
    connection.emit({ type: 'readMark', room: TECH, seq: 10 });
    expect(rooms.room(TECH)?.unread).toBe(0);
    connection.emit({ type: 'membership', room: TECH, member: false });
    expect(rooms.room(TECH)?.member).toBe(false);
  });

  it('stay unread where this person has marked something as unread, on another device, too', async () => {
    const rooms = start();
    fakeServer({ [`GET rooms/${TECH}`]: summary(TECH, { readSeq: 8, unread: 2 }) });
    useSession().begin({
      accessToken: 'jwt',
      expiresIn: 900,
      user: { userId: 7, name: 'Alex', kind: 'guest' },
    });
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { readSeq: 10, unread: 0 })] });
    connection.emit({ type: 'markedUnread', room: TECH, seq: 8 });
    await flushPromises();
    expect(rooms.room(TECH)).toMatchObject({ readSeq: 8, unread: 2 });
    expect(rooms.isHeld(TECH)).toBe(true);
    rooms.release(TECH);
    expect(rooms.isHeld(TECH)).toBe(false);
    vi.unstubAllGlobals();
  });

  it('keep nothing of a person who has signed out but the directory', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { readSeq: 1, unread: 3 })] });
    rooms.forgetPerson();
    expect(rooms.room(TECH)).toMatchObject({ member: false, unread: 0, readSeq: 0 });
    expect(rooms.loaded).toBe(false);
  });
});

describe('the rooms one is in', () => {
  it('are those of the welcome and no others', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(90), summary(TECH)] });
    rooms.applyOwn([summary(TECH)]);
    expect(numbers(rooms.joined)).toEqual([TECH]);
  });
});

describe('reading', () => {
  it('goes forward only', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { readSeq: 4, unread: 3 })] });
    rooms.applyReadMark(TECH, 8);
    rooms.applyReadMark(TECH, 6);
    expect(rooms.room(TECH)?.readSeq).toBe(8);
  });

  it('that the server has not heard of is told again', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TECH, { readSeq: 4, unread: 3 })] });
    rooms.applyReadMark(TECH, 8);
    rooms.applyOwn([summary(TECH, { readSeq: 4, unread: 3 })]);
    expect(connection.notified).toEqual([{ type: 'read', room: TECH, seq: 8 }]);
  });
});

describe('the address of a room', () => {
  it('is its slug, and leads to it after the slug has changed', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TEA)] });
    rooms.open('tea');
    const moved = { room: TEA, slug: 'green-tea', title: 'Tea', topic: '' };
    connection.emit({ type: 'directory', changed: [moved], removed: [] });
    expect([rooms.activeId, rooms.addressOf(TEA)]).toEqual([TEA, 'green-tea']);
    // Until another room takes it.
    connection.emit({ type: 'rooms', rooms: [summary(BOOKS, { slug: 'tea' })] });
    expect(rooms.activeId).toBe(BOOKS);
  });

  it('is its number where it has no slug', () => {
    const rooms = start();
    connection.emit({ type: 'rooms', rooms: [summary(TEA, { slug: undefined, title: 'Us' })] });
    expect([rooms.addressOf(TEA), rooms.numberAt(`~${TEA}`)]).toEqual([`~${TEA}`, TEA]);
    expect(rooms.labelOf(TEA)).toBe('Us');
  });

  it('is asked for when no room is known there', async () => {
    const rooms = start();
    connection.answer = () => ({ type: 'room', room: summary(TEA) });
    await rooms.find('coffee');
    expect(connection.requests).toEqual([{ type: 'findRoom', slug: 'coffee' }]);
    expect([rooms.numberAt('coffee'), rooms.numberAt('tea')]).toEqual([TEA, TEA]);
  });
});

describe('a membership that began on another device', () => {
  it('brings the room along, which may stand in no directory', () => {
    const rooms = start();
    const began = summary(TEA, { slug: undefined, title: 'Us', unread: 2, readSeq: 5 });
    connection.emit({ type: 'membership', room: TEA, member: true, summary: began });
    expect(rooms.room(TEA)).toMatchObject({ title: 'Us', member: true, unread: 2 });
    connection.emit({ type: 'membership', room: TEA, member: false });
    expect(rooms.room(TEA)?.member).toBe(false);
  });
});

describe('a wanted room', () => {
  it('is wanted until it is joined', () => {
    const rooms = start();
    rooms.wanted = 'general';
    connection.emit({ type: 'joined', ...snapshot(1, 2) });
    expect(rooms.wanted).toBeNull();
    expect(rooms.room(GENERAL)?.member).toBe(true);
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
    await expect(rooms.join({ slug: 'nowhere' })).rejects.toBeInstanceOf(ProtocolError);
    expect(rooms.wanted).toBe('nowhere');
    refuse(false);
    await expect(rooms.join({ slug: 'nowhere' })).rejects.toBeInstanceOf(ProtocolError);
    expect(rooms.wanted).toBeNull();
  });
});
