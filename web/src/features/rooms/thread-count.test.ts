import { describe, expect, it } from 'vitest';
import type { LogEvent } from '@/api/generated/protocol';
import { GENERAL, summary } from '@/api/test/rooms';
import { applyLogEvent, roomFromSummary } from './room';

const ME = 7;
const header = { room: GENERAL, at: 0, userId: 9, name: 'Sam' };

function said(seq: number, fields: object = {}): LogEvent {
  return { ...header, type: 'message', kind: 'text', seq, text: '', clientId: `${seq}`, ...fields };
}

describe('what is unread in a room', () => {
  it('has nothing of what is said in a thread alone', () => {
    const room = roomFromSummary(summary(GENERAL));
    applyLogEvent(room, said(11, { thread: 3 }), ME);
    expect(room.unread).toBe(0);
    applyLogEvent(room, said(12, { thread: 3, also: true }), ME);
    expect(room.unread).toBe(1);
    applyLogEvent(room, { ...header, type: 'messageDeleted', seq: 13, target: 11, thread: 3 }, ME);
    expect(room.unread).toBe(1);
    applyLogEvent(room, { ...header, type: 'messageDeleted', seq: 14, target: 12, thread: 3 }, ME);
    expect(room.unread).toBe(0);
  });

  it('is not read by replying in a thread, but by saying it to the room as well', () => {
    const room = roomFromSummary(summary(GENERAL));
    applyLogEvent(room, said(11), ME);
    applyLogEvent(room, said(12, { userId: ME, thread: 3 }), ME);
    expect([room.unread, room.readSeq]).toEqual([1, 10]);
    applyLogEvent(room, said(13, { userId: ME, thread: 3, also: true }), ME);
    expect([room.unread, room.readSeq]).toEqual([0, 13]);
  });

  it('is asked for when a reply goes that the server may have counted', () => {
    const room = roomFromSummary(summary(GENERAL, { readSeq: 5, unread: 4 }));
    const deleted = { ...header, type: 'messageDeleted', target: 8, thread: 3 } as const;
    expect(applyLogEvent(room, { ...deleted, seq: 11 }, ME)).toBe('unknown');
    expect(applyLogEvent(room, { ...deleted, seq: 12, target: 4 }, ME)).toBe('none');
  });
});
