import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import { GENERAL } from '@/api/test/rooms';
import { useSession } from '@/features/session/store';
import { registerMessageEvents } from './events';
import { useOutbox } from './outbox/store';
import type { Row } from './rows';
import { useMessages } from './store';
import { createFakeConnection, type FakeConnection } from './test/fake-connection';
import { membership, message, OWN_USER_ID } from './test/log-events';
import { joined, page, snapshot } from './test/snapshots';

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

function setUp() {
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({
    user: { userId: OWN_USER_ID, name: 'Alex', kind: 'guest' },
    since: 1,
  });
  const messages = useMessages();
  registerMessageEvents(connection as never);
  return messages;
}

function texts(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => (row.kind === 'message' ? [row.text] : []));
}

function edges(rows: readonly Row[]): (string | undefined)[] {
  return [rows[0]?.kind, rows.at(-1)?.kind];
}

describe('the messages of a room', () => {
  let messages: ReturnType<typeof useMessages>;
  beforeEach(() => {
    messages = setUp();
  });

  it('are those of the snapshot and the events after it, each once', () => {
    connection.emit(joined(1, 2));
    connection.emit(message(3));
    connection.emit(message(3));
    connection.emit(joined(2, 3));
    expect(texts(messages.rows(GENERAL))).toEqual(['message 1', 'message 2', 'message 3']);
    expect(messages.resumePoints()).toEqual({ [GENERAL]: 3 });
  });

  it('count every log event as seen, not messages alone', () => {
    connection.emit(joined(1, 2));
    connection.emit(membership('memberJoined', 3, 11, 'Pat'));
    expect(messages.resumePoints()).toEqual({ [GENERAL]: 3 });
  });

  it('load older pages one at a time, up to the beginning', async () => {
    connection.emit(joined(101, 150));
    connection.answer = () => page(51, 100, 150);
    await Promise.all([messages.loadOlder(GENERAL), messages.loadOlder(GENERAL)]);
    expect(connection.requests).toEqual([
      { type: 'history', room: GENERAL, before: 101, limit: 50 },
    ]);
    connection.answer = () => page(1, 50, 150);
    await messages.loadOlder(GENERAL);
    await messages.loadOlder(GENERAL);
    expect(connection.requests).toHaveLength(2);
    expect(texts(messages.rows(GENERAL))).toHaveLength(150);
    expect(messages.rows(GENERAL)[0]?.kind).toBe('beginning');
  });

  it('say that a page could not be loaded, but not when the connection was lost', async () => {
    connection.emit(joined(101, 150));
    connection.answer = () => Promise.reject(new ConnectionLost());
    await messages.loadOlder(GENERAL);
    expect(messages.room(GENERAL).position).toMatchObject({
      loading: null,
      failed: { older: false },
    });
    connection.answer = () =>
      Promise.reject(
        new ProtocolError({ code: 'unavailable', message: 'Later.', retryable: true }),
      );
    await messages.loadOlder(GENERAL);
    expect(messages.room(GENERAL).position).toMatchObject({
      loading: null,
      failed: { older: true },
    });
  });

  it('around an old one are shown apart, and read on to the live end', async () => {
    connection.emit(joined(101, 150));
    connection.answer = () => page(20, 60, 150);
    expect(await messages.lookUp(GENERAL, 40)).toBe('found');
    expect(messages.room(GENERAL).showsLiveEnd).toBe(true);
    messages.showAround(GENERAL, 40);
    expect(edges(messages.rows(GENERAL))).toEqual(['older', 'newer']);
    connection.emit(message(151));
    expect(texts(messages.rows(GENERAL)).at(-1)).toBe('message 60');

    connection.answer = () => page(61, 100, 150);
    await messages.loadNewer(GENERAL);
    expect(connection.requests.at(-1)).toMatchObject({ after: 60 });
    expect(messages.room(GENERAL).showsLiveEnd).toBe(true);
    expect(texts(messages.rows(GENERAL))).toHaveLength(132);
  });

  it('below are loaded though those above could not be', async () => {
    connection.emit(joined(101, 150));
    connection.answer = () => page(20, 60, 150);
    await messages.lookUp(GENERAL, 40);
    messages.showAround(GENERAL, 40);
    connection.answer = () => Promise.reject(new Error('asked for'));
    await messages.loadOlder(GENERAL);
    connection.answer = () => page(61, 100, 150);
    await messages.loadNewer(GENERAL);
    expect(messages.room(GENERAL).position.failed).toEqual({ older: true, newer: false });
    expect(messages.room(GENERAL).showsLiveEnd).toBe(true);
  });

  it('below are joined from the other side when too much happened for one page', async () => {
    connection.emit(joined(901, 950));
    connection.answer = () => page(20, 60, 950);
    await messages.lookUp(GENERAL, 40);
    messages.showAround(GENERAL, 40);
    const cut = [
      { ...page(61, 110, 950), eventsFrom: 100 },
      { ...page(61, 99, 950), eventsFrom: 80 },
      page(61, 79, 950),
    ];
    connection.answer = () => cut.shift();
    await messages.loadNewer(GENERAL);
    expect(connection.requests.slice(1)).toMatchObject([
      { after: 60 },
      { before: 100 },
      { before: 80 },
    ]);
    expect(texts(messages.rows(GENERAL)).slice(-2)).toEqual(['message 109', 'message 110']);
  });

  it('around an old one are found though so much happened after it that the page is cut', async () => {
    connection.emit(joined(901, 950));
    const cut = [{ ...page(20, 70, 950), eventsFrom: 60 }, page(20, 40, 950)];
    connection.answer = () => cut.shift();
    expect(await messages.lookUp(GENERAL, 40)).toBe('found');
    expect(connection.requests).toMatchObject([{ around: 40 }, { before: 41 }]);
    messages.showAround(GENERAL, 40);
    expect(texts(messages.rows(GENERAL)).at(-1)).toBe('message 40');
  });

  it('above are loaded from where the events of a snapshot are complete', async () => {
    connection.emit(joined(1, 50, { eventsFrom: 30 }));
    expect(edges(messages.rows(GENERAL))[0]).toBe('older');
    connection.answer = () => page(1, 29, 50);
    await messages.loadOlder(GENERAL);
    expect(connection.requests).toMatchObject([{ before: 30 }]);
    expect(edges(messages.rows(GENERAL))[0]).toBe('beginning');
  });

  it('change by patches', () => {
    connection.emit(joined(1, 2));
    messages.room(GENERAL).log.patch({
      seq: 3,
      target: 1,
      change: { type: 'edit', text: 'new', at: 1 },
    });
    expect(texts(messages.rows(GENERAL))).toEqual(['new', 'message 2']);
    expect(messages.resumePoints()).toEqual({ [GENERAL]: 3 });
  });

  it('are not found around one that does not exist', async () => {
    connection.emit(joined(101, 150));
    connection.answer = () => page(110, 150, 150);
    expect(await messages.lookUp(GENERAL, 999)).toBe('missing');
  });

  it.each([
    ['missing', Number('99999999999999999999'), new Error('asked for')],
    ['lost', 40, new ConnectionLost()],
    ['failed', 40, new ProtocolError({ code: 'busy', message: 'Later.', retryable: true })],
    ['refused', 40, new ProtocolError({ code: 'not_member', message: 'No.', retryable: false })],
  ] as const)('stay on show when one is %s', async (lookup, seq, error) => {
    connection.emit(joined(101, 150));
    connection.answer = () => Promise.reject(error);
    expect(await messages.lookUp(GENERAL, seq)).toBe(lookup);
    expect(messages.room(GENERAL).showsLiveEnd).toBe(true);
    expect(messages.room(GENERAL).position).toMatchObject({
      loading: null,
      failed: { older: false },
    });
  });

  it('begin again on a reset', () => {
    connection.emit(joined(1, 50));
    connection.emit({ type: 'reset', ...snapshot(9_951, 10_000) });
    expect(texts(messages.rows(GENERAL))).toHaveLength(50);
    expect(messages.resumePoints()).toEqual({ [GENERAL]: 10_000 });
  });

  it('keep the place of one who reads old ones through a reset', async () => {
    connection.emit(joined(1, 50));
    messages.room(GENERAL).reader = () => 20;
    let answer: (answered: unknown) => void = () => undefined;
    connection.answer = () => new Promise((resolve) => (answer = resolve));
    connection.emit({ type: 'reset', ...snapshot(9_951, 10_000) });
    await expect.poll(() => connection.requests.at(-1)).toMatchObject({ around: 20 });
    expect(texts(messages.rows(GENERAL))[19]).toBe('message 20');
    answer(page(1, 45, 10_000));
    await expect.poll(() => texts(messages.rows(GENERAL)).length).toBe(45);
    expect(messages.room(GENERAL).showsLiveEnd).toBe(false);
  });

  it('are the newest when the reader goes there while those of a reset are on their way', async () => {
    connection.emit(joined(1, 50));
    messages.room(GENERAL).reader = () => 20;
    let answer: (answered: unknown) => void = () => undefined;
    connection.answer = () => new Promise((resolve) => (answer = resolve));
    connection.emit({ type: 'reset', ...snapshot(9_951, 10_000) });
    await expect.poll(() => connection.requests.at(-1)).toMatchObject({ around: 20 });
    messages.showLiveEnd(GENERAL);
    expect(texts(messages.rows(GENERAL)).at(-1)).toBe('message 10000');
    messages.room(GENERAL).reader = () => null;
    answer(page(1, 45, 10_000));
    await flushPromises();
    expect(messages.room(GENERAL).showsLiveEnd).toBe(true);
  });

  it('are fetched anew when the end of a replay is beyond what came', () => {
    connection.emit(joined(1, 50));
    connection.emit({ type: 'resumed', room: GENERAL, headSeq: 50 });
    expect(connection.requests).toEqual([]);
    connection.emit({ type: 'resumed', room: GENERAL, headSeq: 60 });
    expect(connection.requests).toEqual([{ type: 'join', room: GENERAL, limit: 50 }]);
  });

  it('leave a reader where he is when a hole opens, and take along who reads the newest', () => {
    connection.emit(joined(1, 50));
    messages.room(GENERAL).reader = () => 20;
    connection.emit(message(60));
    expect(texts(messages.rows(GENERAL))).toHaveLength(50);
    messages.room(GENERAL).reader = () => null;
    messages.showLiveEnd(GENERAL);
    expect(texts(messages.rows(GENERAL))).toEqual(['message 60']);
  });

  it('are bounded while nobody reads the old ones', () => {
    connection.emit(joined(1, 2_000));
    messages.room(GENERAL).reader = () => 20;
    connection.emit(message(2_001));
    expect(texts(messages.rows(GENERAL))).toHaveLength(2_001);
    messages.room(GENERAL).reader = () => null;
    connection.emit(message(2_002));
    expect(texts(messages.rows(GENERAL))).toHaveLength(1_000);
    expect(messages.rows(GENERAL)[0]?.kind).toBe('older');
  });

  it.each([
    { type: 'left', room: GENERAL },
    { type: 'roomGone', room: GENERAL },
    { type: 'membership', room: GENERAL, member: false },
  ] as const)('are forgotten on $type', (frame) => {
    connection.emit(joined(1, 2));
    connection.emit(frame);
    expect(messages.resumePoints()).toEqual({});
    expect(texts(messages.rows(GENERAL))).toEqual([]);
  });

  it('are all forgotten when they are of another epoch', () => {
    connection.emit(joined(1, 2));
    messages.forgetAll();
    expect(messages.resumePoints()).toEqual({});
    expect(texts(messages.rows(GENERAL))).toEqual([]);
    connection.emit({ type: 'reset', ...snapshot(1, 1) });
    expect(texts(messages.rows(GENERAL))).toEqual(['message 1']);
  });

  it('are no one else’s', () => {
    connection.emit(joined(1, 2));
    useSession().$patch({ user: { userId: 99, name: 'Kim', kind: 'guest' } });
    expect(messages.resumePoints()).toEqual({});
  });

  it('place the line of new messages when the room is opened, and not again', () => {
    connection.emit(joined(1, 10));
    messages.open(GENERAL, { readSeq: 6, unread: 4 });
    const line = () => messages.rows(GENERAL).findIndex((row) => row.kind === 'unread');
    const before = line();
    expect(messages.rows(GENERAL)[before + 1]).toMatchObject({ seq: 7 });
    connection.emit(message(11));
    expect(line()).toBe(before);
    messages.close(GENERAL);
    messages.open(GENERAL, { readSeq: 11, unread: 0 });
    expect(line()).toBe(-1);
  });
});

describe('a message that is sent', () => {
  it.each(['ack first', 'event first'])('is one row all the time: %s', async (order) => {
    const messages = setUp();
    connection.emit(joined(1, 1));
    let acknowledge: (ack: unknown) => void = () => undefined;
    connection.answer = () => new Promise((resolve) => (acknowledge = resolve));
    const counts = new Set<number>();
    const count = () =>
      counts.add(texts(messages.rows(GENERAL)).filter((text) => text === 'hello').length);

    void messages.send(GENERAL, ' hello ');
    count();
    await expect
      .poll(() => connection.requests.at(-1))
      .toMatchObject({ type: 'send', text: 'hello' });
    const sent = connection.requests.at(-1);
    const clientId = sent?.type === 'send' ? sent.clientId : '';
    const event = message(2, { userId: OWN_USER_ID, name: 'Alex', text: 'hello', clientId });
    const ack = { type: 'ack', room: GENERAL, seq: 2, at: event.at };
    if (order === 'ack first') {
      acknowledge(ack);
      await expect
        .poll(() => messages.rows(GENERAL).at(-1))
        .toMatchObject({ delivery: 'sent', seq: null });
      count();
      connection.emit(event);
    } else {
      connection.emit(event);
      count();
      acknowledge(ack);
    }
    await expect.poll(() => useOutbox().messagesOf(GENERAL)).toEqual([]);
    count();
    connection.emit(joined(1, 2, { messages: [message(1), event] }));
    count();
    expect([...counts]).toEqual([1]);
    expect(messages.rows(GENERAL).at(-1)).toMatchObject({ seq: 2, delivery: 'sent' });
  });

  it('goes out when the connection is back', async () => {
    const messages = setUp();
    connection.emit(joined(1, 1));
    connection.state = { name: 'waiting' };
    await messages.send(GENERAL, 'hello');
    expect(connection.requests).toEqual([]);
    connection.state = { name: 'live' };
    await expect.poll(() => connection.requests).toHaveLength(1);
  });

  it('returns from a look at old messages to the live end', async () => {
    const messages = setUp();
    connection.emit(joined(101, 150));
    connection.answer = () => page(20, 60, 150);
    await messages.lookUp(GENERAL, 40);
    messages.showAround(GENERAL, 40);
    connection.answer = () => new Promise(() => undefined);
    void messages.send(GENERAL, 'hello');
    expect(texts(messages.rows(GENERAL)).at(-1)).toBe('hello');
  });
});
