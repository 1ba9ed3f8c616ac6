import { describe, expect, it, vi } from 'vitest';
import { message } from '@/features/messages/test/log-events';
import { ThreadLog } from './use-thread';

vi.mock('@/features/connection/store', () => ({ useConnection: () => undefined }));

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
