import { describe, expect, it } from 'vitest';
import type { LogEvent, RoomSummary } from '@/api/generated/protocol';
import { GENERAL, summary } from '@/api/test/rooms';
import { applyLogEvent, markReadTo, type Room, roomFromSummary } from './room';

const ME = 7;
const SAM = 9;

function roomWith(fields: Partial<RoomSummary> = {}): Room {
  return roomFromSummary(summary(GENERAL, fields));
}

const header = { room: 1, at: 0, userId: SAM, name: 'Sam' };
const me = [{ userId: ME, name: 'Alex' }];

function said(seq: number, mentions: typeof me = []): LogEvent {
  return { ...header, type: 'message', kind: 'text', seq, text: '', clientId: `${seq}`, mentions };
}

function edited(seq: number, target: number, mentions: typeof me = []): LogEvent {
  return { ...header, type: 'messageEdited', seq, target, text: '', mentions };
}

function deleted(seq: number, target: number): LogEvent {
  return { ...header, type: 'messageDeleted', seq, target };
}

describe('the count of mentions', () => {
  it('grows with each message that mentions this person, and ends with what is read', () => {
    const room = roomWith();
    for (const event of [said(11, me), said(12), said(13, me)]) {
      expect(applyLogEvent(room, event, ME)).not.toBe('unknown');
    }
    expect([room.unread, room.mentions]).toEqual([3, 2]);
    markReadTo(room, 11);
    expect(room.mentions).toBe(1);
    markReadTo(room, 13);
    expect(room.mentions).toBe(0);
  });

  it('grows with what mentions all, and asks who was there', () => {
    const room = roomWith();
    const all = { ...said(12), text: '<@room>' } as LogEvent;
    // One's own calls oneself to nothing.
    applyLogEvent(room, { ...all, seq: 11, userId: ME } as LogEvent, ME);
    expect(room.mentions).toBe(0);
    expect(applyLogEvent(room, all, ME)).toBe('counted');
    expect(room.mentions).toBe(1);
    expect(applyLogEvent(room, { ...said(13), text: '<@here>' } as LogEvent, ME)).toBe('unknown');
    expect(applyLogEvent(room, { ...said(14), text: '<@&design>' } as LogEvent, ME)).toBe(
      'unknown',
    );
  });

  it('counts nobody else, and no event twice', () => {
    const room = roomWith();
    applyLogEvent(room, said(11, [{ userId: SAM, name: 'Sam' }]), ME);
    applyLogEvent(room, said(12, me), ME);
    applyLogEvent(room, said(12, me), ME);
    expect(room.mentions).toBe(1);
  });

  it('follows the edits and deletions of what came since the server counted', () => {
    const room = roomWith();
    applyLogEvent(room, said(11), ME);
    expect(applyLogEvent(room, edited(12, 11, me), ME)).toBe('counted');
    expect(room.mentions).toBe(1);
    markReadTo(room, 11);
    expect(room.mentions).toBe(1);
    applyLogEvent(room, edited(13, 11), ME);
    expect(room.mentions).toBe(0);
    applyLogEvent(room, said(14, me), ME);
    applyLogEvent(room, deleted(15, 14), ME);
    expect(room.mentions).toBe(0);
  });

  it('takes no edit that keeps a mention for another one', () => {
    const room = roomWith();
    applyLogEvent(room, said(11, me), ME);
    markReadTo(room, 11);
    applyLogEvent(room, edited(12, 11, me), ME);
    expect(room.mentions).toBe(0);
  });

  it('leaves out whom this person blocks, and asks what became of a message that may be theirs', () => {
    const blocked = new Set([SAM]);
    const room = roomWith({ readSeq: 5, unread: 4, mentions: 0 });
    applyLogEvent(room, said(11, me), ME, blocked);
    applyLogEvent(room, edited(12, 11, me), ME, blocked);
    expect([room.unread, room.mentions]).toEqual([4, 0]);
    expect(applyLogEvent(room, deleted(13, 8), ME, blocked)).toBe('unknown');
    expect(room.unread).toBe(4);
    applyLogEvent(room, { ...said(14, me), userId: 10 } as LogEvent, ME, blocked);
    expect([room.unread, room.mentions]).toEqual([5, 1]);
  });

  it('has the server say what became of its own count', () => {
    const room = roomWith({ readSeq: 5, unread: 4, mentions: 2 });
    expect(room.mentions).toBe(2);
    expect(applyLogEvent(room, deleted(11, 8), ME)).toBe('unknown');
    expect(applyLogEvent(room, edited(12, 3, me), ME)).toBe('unknown');
    const calm = roomWith({ readSeq: 5, unread: 4 });
    expect(applyLogEvent(calm, deleted(11, 8), ME)).toBe('none');
  });
});
