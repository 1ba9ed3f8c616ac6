import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GENERAL, summary, TEA } from '@/api/test/rooms';
import { useMessages } from '@/features/messages';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { message, OWN_USER_ID } from '@/features/messages/test/log-events';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { followThreads, useFollowed } from './follow';

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(async () => {
  vi.useFakeTimers();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  vi.spyOn(useSession(), 'user', 'get').mockReturnValue({ userId: OWN_USER_ID } as never);
  useRooms().applyList([summary(GENERAL), summary(TEA)]);
});

const followed = (root: number, unread: number, room = GENERAL) => ({
  root: message(root, { room }),
  readSeq: root,
  unread,
});

/** The server knows these, and the client takes them. */
async function begin(...threads: ReturnType<typeof followed>[]): Promise<void> {
  connection.answer = async () => ({ type: 'threads', threads });
  await followThreads(connection as never);
}

const counts = () => [GENERAL, TEA].map((room) => useRooms().room(room)?.threads);
const reply = (seq: number, thread: number, fields = {}) =>
  connection.emit(message(seq, { thread, ...fields }));

describe('the threads that one follows', () => {
  it('are counted where there is anything new', async () => {
    await begin(followed(1, 2), followed(2, 0), followed(3, 1, TEA));
    expect(counts()).toEqual([1, 1]);
    reply(20, 2);
    reply(21, 2);
    expect(counts()).toEqual([2, 1]);
    reply(22, 4);
    expect(counts()).toEqual([2, 1]);
  });

  it('grow by what one says, where one is mentioned, and by replies to oneself', async () => {
    await begin();
    reply(20, 4, { userId: OWN_USER_ID });
    expect(counts()).toEqual([0, 0]);
    reply(21, 4);
    expect(counts()).toEqual([1, 0]);
    reply(22, 5, { mentions: [{ userId: OWN_USER_ID, name: 'Alex' }] });
    expect(counts()).toEqual([2, 0]);
    useMessages().applyEvent(message(6, { userId: OWN_USER_ID }));
    reply(23, 6);
    expect(counts()).toEqual([3, 0]);
  });

  it('are read here and on other devices', async () => {
    await begin(followed(1, 2), followed(2, 1));
    useFollowed().noteRead({ room: GENERAL, root: 1 }, 30);
    expect(counts()).toEqual([1, 0]);
    connection.emit({ type: 'threadMark', room: GENERAL, root: 2, follows: true, readSeq: 30 });
    expect(counts()).toEqual([0, 0]);
  });

  it('are left, and a mention does not bring one back', async () => {
    await begin(followed(1, 2));
    connection.emit({ type: 'threadMark', room: GENERAL, root: 1, follows: false, readSeq: 1 });
    expect(counts()).toEqual([0, 0]);
    reply(20, 1, { mentions: [{ userId: OWN_USER_ID, name: 'Alex' }] });
    expect(counts()).toEqual([0, 0]);
    reply(21, 1, { userId: OWN_USER_ID });
    reply(22, 1);
    expect(counts()).toEqual([1, 0]);
  });

  it('are asked for anew, once, when something went that may have been news', async () => {
    await begin(followed(1, 1));
    connection.requests.length = 0;
    connection.answer = async () => ({ type: 'threads', threads: [followed(1, 0)] });
    for (const seq of [30, 31]) {
      const deleted = { type: 'messageDeleted', target: 20, thread: 1, seq } as const;
      connection.emit({ ...deleted, room: GENERAL, at: 0, userId: 9, name: 'Sam' });
    }
    await vi.runAllTimersAsync();
    expect(connection.requests).toHaveLength(1);
    expect(counts()).toEqual([0, 0]);
  });
});
