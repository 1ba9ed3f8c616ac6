import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { User } from '@/api/generated/protocol';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { reportActivity } from './report';

const FIVE_MINUTES = 5 * 60_000;
const LIMITS = {
  messageLength: 2_000,
  historyPage: 200,
  roomsPerPerson: 100,
  fileBytes: 16_777_216,
  filesPerMessage: 10,
};

let connection: FakeConnection;
let visibility: DocumentVisibilityState;

beforeEach(() => {
  vi.useFakeTimers();
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  connection = createFakeConnection();
  reportActivity(connection as never);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the report of activity', () => {
  it('tells that the person went away, and that he is back', () => {
    vi.advanceTimersByTime(FIVE_MINUTES);
    expect(connection.notified).toEqual([{ type: 'presence', state: 'away' }]);
    window.dispatchEvent(new Event('keydown'));
    expect(connection.notified.at(-1)).toEqual({ type: 'presence', state: 'online' });
  });

  it('counts every movement although the clock of the machine is set back', () => {
    vi.setSystemTime(Date.now() - 2 * 60 * 60_000);
    for (let minute = 0; minute < 8; minute += 4) {
      vi.advanceTimersByTime(4 * 60_000);
      window.dispatchEvent(new Event('pointermove'));
    }
    expect(connection.notified).toEqual([]);
  });

  it('counts looking at the page again, and nothing that a hidden page hears', () => {
    vi.advanceTimersByTime(FIVE_MINUTES);
    visibility = 'hidden';
    window.dispatchEvent(new Event('pointermove'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(connection.notified).toHaveLength(1);
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(connection.notified).toHaveLength(2);
  });

  it('tells each new connection of somebody who is away, and of nobody else', () => {
    const user: User = { userId: 7, name: 'Alex', kind: 'guest' };
    const welcome = {
      type: 'welcome',
      epoch: 'first',
      user,
      rooms: [],
      limits: LIMITS,
      serverTime: 0,
    } as const;
    connection.emit({ ...welcome, rooms: [] });
    expect(connection.notified).toEqual([]);
    vi.advanceTimersByTime(FIVE_MINUTES);
    connection.emit({ ...welcome, rooms: [] });
    expect(connection.notified).toEqual([
      { type: 'presence', state: 'away' },
      { type: 'presence', state: 'away' },
    ]);
  });
});
