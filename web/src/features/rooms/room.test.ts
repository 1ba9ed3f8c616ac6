import { describe, expect, it } from 'vitest';
import type { LogEvent, RoomSnapshot, RoomSummary } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import {
  applyLogEvent,
  applySnapshot,
  markReadTo,
  roomFromSummary,
  skipTo,
  unvisitedRoom,
} from './room';

const OWN = 7;

function summary(fields: Partial<RoomSummary> = {}): RoomSummary {
  return {
    room: GENERAL,
    kind: 'public',
    slug: 'general',
    title: 'General',
    topic: '',
    headSeq: 100,
    readSeq: 90,
    unread: 8,
    member: true,
    online: 3,
    ...fields,
  };
}

function message(seq: number, userId = 9): LogEvent {
  const at = 1_795_341_600_000;
  const clientId = `c${seq}`;
  const header = { room: GENERAL, seq, userId, name: 'Sam', at };
  return { type: 'message', kind: 'text', text: 'Hi', clientId, ...header };
}

function snapshot(fields: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    ...summary({ title: 'General talk', topic: 'All', online: 5 }),
    hasBefore: true,
    messages: [],
    events: [],
    eventsFrom: 1,
    members: [],
    memberCount: 0,
    ...fields,
  };
}

describe('unread', () => {
  it("counts others' messages after what the server has counted", () => {
    const room = roomFromSummary(summary());
    applyLogEvent(room, message(101), OWN);
    applyLogEvent(room, message(102), OWN);
    expect(room.unread).toBe(10);
  });

  it('leaves out what was deleted, whoever had counted it', () => {
    const room = roomFromSummary(summary());
    const gone = (seq: number, target: number): LogEvent => {
      const header = { room: GENERAL, seq, userId: 9, name: 'Sam', at: 0 };
      return { type: 'messageDeleted', target, ...header };
    };
    applyLogEvent(room, message(101), OWN);
    applyLogEvent(room, gone(102, 101), OWN);
    expect(room.unread).toBe(8);
    applyLogEvent(room, gone(103, 95), OWN);
    expect(room.unread).toBe(7);
    applyLogEvent(room, gone(104, 80), OWN);
    expect(room.unread, 'it was read').toBe(7);
    applyLogEvent(room, gone(104, 96), OWN);
    expect(room.unread, 'it was told before').toBe(7);
  });

  it('goes on behind what was left out of a replay', () => {
    const room = roomFromSummary(summary());
    skipTo(room, 120);
    applyLogEvent(room, message(119), OWN);
    applyLogEvent(room, message(121), OWN);
    expect([room.headSeq, room.unread]).toEqual([121, 9]);
  });

  it('does not count again what a replay brings', () => {
    const room = roomFromSummary(summary());
    applyLogEvent(room, message(99), OWN);
    applyLogEvent(room, message(101), OWN);
    applyLogEvent(room, message(101), OWN);
    expect(room.unread).toBe(9);
  });

  it('leaves out who came and went', () => {
    const room = roomFromSummary(summary());
    const { room: slug, userId, name, at } = message(0);
    applyLogEvent(room, { type: 'memberJoined', room: slug, seq: 101, userId, name, at }, OWN);
    expect(room).toMatchObject({ unread: 8, headSeq: 101 });
  });

  it('ends with a message of one’s own', () => {
    const room = roomFromSummary(summary());
    applyLogEvent(room, message(101), OWN);
    applyLogEvent(room, message(102, OWN), OWN);
    expect(room).toMatchObject({ unread: 0, readSeq: 102 });
  });

  it('goes down as far as was read, and never up again', () => {
    const room = roomFromSummary(summary());
    for (const seq of [101, 102, 103]) {
      applyLogEvent(room, message(seq), OWN);
    }
    markReadTo(room, 102);
    expect(room.unread).toBe(1);
    markReadTo(room, 95);
    expect(room).toMatchObject({ unread: 1, readSeq: 102 });
  });

  it('keeps the count of the server while its part is not read to the end', () => {
    const room = roomFromSummary(summary());
    markReadTo(room, 95);
    expect(room.unread).toBe(8);
    markReadTo(room, 100);
    expect(room.unread).toBe(0);
  });

  it('takes a new count of the server for all that it covers', () => {
    const room = roomFromSummary(summary());
    applyLogEvent(room, message(101), OWN);
    applyLogEvent(room, message(105), OWN);
    const next = roomFromSummary(summary({ headSeq: 103, unread: 11 }), room);
    expect(next).toMatchObject({ unread: 12, headSeq: 105 });
  });

  it('stays read when the server has not heard of it yet', () => {
    const room = roomFromSummary(summary());
    markReadTo(room, 100);
    expect(roomFromSummary(summary(), room)).toMatchObject({ unread: 0, readSeq: 100 });
  });
});

describe('a snapshot', () => {
  it('makes a member, and brings title, topic and who is online', () => {
    const room = unvisitedRoom({ room: GENERAL, slug: 'general', title: 'General', topic: '' });
    applySnapshot(room, snapshot());
    expect(room).toMatchObject({
      member: true,
      title: 'General talk',
      topic: 'All',
      online: 5,
      headSeq: 100,
      readSeq: 90,
    });
  });

  it('counts what came between the welcome and the join, of which it alone tells', () => {
    const room = roomFromSummary(summary());
    applySnapshot(room, snapshot({ headSeq: 103, unread: 11 }));
    applyLogEvent(room, message(104), OWN);
    expect(room).toMatchObject({ unread: 12, headSeq: 104 });
    applySnapshot(room, snapshot({ headSeq: 104, readSeq: 104, unread: 0 }));
    expect(room.unread).toBe(0);
  });

  it('does not bring back the count of what was read here', () => {
    const room = roomFromSummary(summary());
    markReadTo(room, 100);
    applySnapshot(room, snapshot());
    expect(room).toMatchObject({ unread: 0, readSeq: 100 });
  });
});
