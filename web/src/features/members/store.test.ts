import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from '@/api/errors';
import type { Member, ServerFrame } from '@/api/generated/protocol';
import { WELCOME } from '@/api/test/frames';
import { GENERAL } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { minute } from '@/features/messages/test/log-events';
import { joined, snapshot } from '@/features/messages/test/snapshots';
import { registerPeopleEvents, usePeople } from '@/features/people';
import { registerMemberEvents } from './events';
import { useMembers } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

const person = (userId: number): Member => ({
  userId,
  name: `P${userId}`,
  state: 'online',
  kind: 'guest',
});
const people = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => person(from + index));

function start(members: Member[], memberCount: number): ReturnType<typeof useMembers> {
  const store = useMembers();
  registerPeopleEvents(connection as never);
  registerMemberEvents(connection as never);
  connection.emit(joined(1, 10, { members, memberCount }));
  return store;
}

/** A server that has these people and answers in pages of two hundred. */
function serve(all: Member[]): void {
  connection.answer = (frame) => {
    const from = 'after' in frame && frame.after ? Number(frame.after) : 0;
    const members = all.slice(from, from + 200);
    const next = from + 200 < all.length ? String(from + 200) : undefined;
    return { type: 'members', room: GENERAL, members, next };
  };
}

const shown = (store: ReturnType<typeof useMembers>) => store.roster(GENERAL)?.people.size;

describe('the people of a room', () => {
  it('are asked for when a room is shown that came without them', async () => {
    const store = start([], 3);
    expect(store.stale.has(GENERAL)).toBe(true);
    serve(people(1, 3));
    await store.refresh(GENERAL);
    expect(shown(store)).toBe(3);
    expect(store.stale.has(GENERAL)).toBe(false);
  });

  it('are loaded page by page, and no page after the last', async () => {
    const store = start([person(1)], 250);
    serve(people(1, 250));
    await store.loadMore(GENERAL);
    expect(shown(store)).toBe(200);
    await store.loadMore(GENERAL);
    await store.loadMore(GENERAL);
    expect(shown(store)).toBe(250);
    expect(connection.requests).toHaveLength(2);
  });

  it.each<[string, ServerFrame]>([
    ['a resume', { type: 'resumed', room: GENERAL, headSeq: 10 }],
    ['lost chatter', { type: 'stale' }],
    [
      'too many changes',
      { type: 'presence', room: GENERAL, online: 1, changes: [], truncated: true },
    ],
  ])('are stale after %s, until they are loaded again', async (_, frame) => {
    const store = start(people(1, 3), 3);
    connection.emit(frame);
    expect(store.stale.has(GENERAL)).toBe(true);
    serve(people(2, 3));
    await store.refresh(GENERAL);
    expect(store.stale.has(GENERAL)).toBe(false);
    expect(shown(store)).toBe(2);
  });

  it('are not stale when a reset has just brought them', () => {
    const store = start([], 3);
    const reset: ServerFrame = {
      type: 'reset',
      ...snapshot(1, 10, { members: people(1, 3), memberCount: 3 }),
    };
    const resumed: ServerFrame = { type: 'resumed', room: GENERAL, headSeq: 10 };
    connection.emit(reset);
    connection.emit(resumed);
    expect(store.stale.has(GENERAL)).toBe(false);
    connection.emit(resumed);
    expect(store.stale.has(GENERAL)).toBe(true);
    // What a connection brought that broke before its end says nothing of the next one.
    connection.emit(reset);
    connection.emit(WELCOME);
    connection.emit(resumed);
    expect(store.stale.has(GENERAL)).toBe(true);
  });

  it('are loaded again as far as they were on show, and not without end', async () => {
    const store = start(people(1, 201), 5_000);
    serve(people(1, 5_000));
    await store.refresh(GENERAL);
    expect(connection.requests).toHaveLength(2);
    expect(store.roster(GENERAL)?.next).toBe('400');
  });

  it('stay stale when loading them again fails', async () => {
    const store = start(people(1, 3), 3);
    connection.emit({ type: 'stale' });
    connection.answer = () => {
      throw new ConnectionLost();
    };
    await expect(store.refresh(GENERAL)).rejects.toBeInstanceOf(ConnectionLost);
    expect(store.stale.has(GENERAL)).toBe(true);
    expect(shown(store)).toBe(3);
  });

  it('are forgotten with the room', () => {
    const store = start(people(1, 3), 3);
    connection.emit({ type: 'left', room: GENERAL });
    expect(store.roster(GENERAL)).toBeUndefined();
  });

  it('are known by their newest names', () => {
    start([person(1)], 1);
    const { userId } = person(1);
    connection.emit({
      type: 'memberRenamed',
      room: GENERAL,
      seq: 11,
      userId,
      name: 'Alexandra',
      oldName: 'P1',
      at: minute(60),
    });
    expect(usePeople().table.nameOf(userId)).toBe('Alexandra');
  });
});
