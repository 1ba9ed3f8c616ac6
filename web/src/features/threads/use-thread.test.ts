import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { GENERAL } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { message } from '@/features/messages/test/log-events';
import { ThreadLog, useThread } from './use-thread';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

const reply = (seq: number) => message(seq, { thread: 1 });
const header = { room: 1, at: 0, userId: 9, name: 'Sam' };

describe('what is shown of a thread', () => {
  it('is its root and its replies in order, whatever pages they come in', () => {
    const log = new ThreadLog(1);
    log.take([message(1), reply(20), reply(21)]);
    log.take([message(1), reply(5), reply(20)]);
    expect(log.messages.map(({ seq }) => seq)).toEqual([5, 20, 21]);
    expect([log.first, log.last, log.rootMessage?.text]).toEqual([5, 21, 'message 1']);
  });

  it('grows at its end alone, and by its own replies', () => {
    const log = new ThreadLog(1);
    log.take([message(1), reply(20)]);
    expect(log.hear(reply(30), false)).toBe(false);
    expect(log.hear(message(31), true)).toBe(false);
    expect(log.hear(message(32, { thread: 2 }), true)).toBe(false);
    expect(log.hear(reply(33), true)).toBe(true);
    expect(log.messages.map(({ seq }) => seq)).toEqual([20, 33]);
  });

  it('follows the changes of what is shown', () => {
    const log = new ThreadLog(1);
    log.take([message(1), reply(20)]);
    const edited = { ...header, type: 'messageEdited', text: 'Hi' } as const;
    expect(log.hear({ ...edited, seq: 40, target: 20 }, true)).toBe(true);
    expect(log.hear({ ...edited, seq: 41, target: 99 }, true)).toBe(false);
    expect(log.hear({ ...header, type: 'messageDeleted', seq: 42, target: 1 }, false)).toBe(true);
    expect([log.messages[0]?.text, log.rootMessage?.deleted]).toEqual(['Hi', true]);
  });
});

it('keeps what came while its page was on the way', async () => {
  const answers: ((page: unknown) => void)[] = [];
  connection.answer = () => new Promise((resolve) => answers.push(resolve));
  const thread = effectScope().run(() => useThread(GENERAL, 1, undefined));
  const page = { type: 'thread', room: GENERAL, root: message(1), messages: [reply(20)] };
  const rest = { hasBefore: false, hasAfter: false, follows: false, readSeq: 0 };
  connection.emit(reply(21));
  connection.emit({
    ...header,
    room: GENERAL,
    type: 'messageEdited',
    seq: 22,
    target: 20,
    text: 'Hi',
  });
  answers[0]?.({ ...page, ...rest });
  await flushPromises();
  const shown = () =>
    thread?.rows.value.flatMap((row) => (row.kind === 'message' ? [`${row.seq} ${row.text}`] : []));
  expect(shown()).toEqual(['1 message 1', '20 Hi', '21 message 21']);
  // The next page says how it is by then, and nothing of before comes back.
  void thread?.begin();
  answers[1]?.({ ...page, ...rest, messages: [reply(20), reply(21), reply(30)] });
  await flushPromises();
  expect(shown()).toEqual(['1 message 1', '20 message 20', '21 message 21', '30 message 30']);
});
