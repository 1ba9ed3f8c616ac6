import { describe, expect, it } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { RoomLog } from './log';
import type { LogEntry } from './message-state';
import type { CoveredPage, Segment } from './segment';
import { message, messages, OWN_USER_ID, SAM } from './test/log-events';
import { seededRandom } from './test/random';
import { covered } from './test/test-timeline';

function segment(from: number, to: number): CoveredPage {
  return covered({ from, to, events: messages(from, to) });
}

function entryAt(log: RoomLog, seq: number): LogEntry | undefined {
  const live = log.live;
  return live && log.entriesOf(live).find((entry) => entry.seq === seq);
}

function seqs(found: Segment | undefined): number[] {
  return found?.seqs ?? [];
}

describe('a room log', () => {
  it('appends live events in order and takes each once', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(segment(3, 5));

    expect(log.append(message(6))).toBe('appended');
    expect(log.append(message(6))).toBe('known');
    expect(log.append(message(4))).toBe('known');
    expect(seqs(log.live)).toEqual([3, 4, 5, 6]);
  });

  it('counts as seen what was left out of a replay, and shows what came of it', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(segment(1, 5));
    const header = { room: GENERAL, userId: SAM, name: 'Sam', at: 1 };

    expect(log.skip({ from: 6, to: 9 })).toBe('appended');
    expect(log.skip({ from: 6, to: 9 })).toBe('known');
    const told = { type: 'messageChanged', target: 3, text: 'new', edited: 7 } as const;
    const changed = { ...told, changed: 10 } as const;
    expect(log.append({ ...header, ...changed, seq: 10 })).toBe('appended');
    expect(log.append(message(11))).toBe('appended');
    expect(log.live).toMatchObject({ from: 1, to: 11, seqs: [1, 2, 3, 4, 5, 11] });
    expect(entryAt(log, 3)).toMatchObject({ text: 'new', editedAt: 7, deleted: false });

    log.append({ ...header, type: 'messageEdited', seq: 12, target: 3, text: 'newer' });
    expect(entryAt(log, 3)).toMatchObject({ text: 'newer', editedAt: 1 });
    log.append({ ...header, type: 'messageDeleted', seq: 13, target: 3 });
    log.append({ ...header, ...changed, seq: 14 });
    expect(entryAt(log, 3)).toMatchObject({ text: '', editedAt: null, deleted: true });
    expect(log.skip({ from: 20, to: 21 })).toBe('after-hole');
  });

  it('keeps what a page tells that is newer than a change', () => {
    const log = new RoomLog(OWN_USER_ID);
    const header = { room: GENERAL, userId: SAM, name: 'Sam', at: 1 };
    const newest = message(1, { text: 'newest', edited: 5, changed: 9 });
    log.cover(covered({ from: 1, to: 8, events: [newest] }));
    log.append({ ...header, type: 'messageEdited', seq: 9, target: 1, text: 'older' });
    expect(entryAt(log, 1)).toMatchObject({ text: 'newest', editedAt: 5 });
  });

  it('goes on from a snapshot without messages', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 131, to: 130, events: [] }));

    expect(log.append(message(131))).toBe('appended');
    log.cover(segment(81, 130));
    expect(log.live).toMatchObject({ from: 81, to: 131 });
    expect(seqs(log.live)).toHaveLength(51);
  });

  it('keeps a page around an old message apart until the pages between join them', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(segment(90, 100));
    log.cover(segment(20, 30));

    expect(log.segmentAt(25)).toMatchObject({ from: 20, to: 30 });
    expect(log.segmentAt(50)).toBeUndefined();
    expect(log.live).toMatchObject({ from: 90, to: 100 });

    log.cover(segment(31, 89));
    expect(log.segmentAt(25)).toBe(log.live);
    expect(seqs(log.live)).toEqual(messages(20, 100).map((event) => event.seq));
  });

  it('does not pass over a hole: the event begins a new live segment', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(segment(1, 5));

    expect(log.append(message(8))).toBe('after-hole');
    expect(log.live).toMatchObject({ from: 8, to: 8 });
    log.cover(segment(6, 7));
    expect(log.live).toMatchObject({ from: 1, to: 8 });
  });

  it('takes no event that lies outside of the stretch its page covers', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 10, to: 12, events: messages(8, 14) }));

    expect(seqs(log.live)).toEqual([10, 11, 12]);
  });

  it('knows own messages by client id, and not those of others', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(
      covered({ from: 1, to: 1, events: [message(1, { userId: OWN_USER_ID, clientId: 'mine' })] }),
    );
    log.append(message(2, { clientId: 'theirs' }));

    expect(log.hasOwn('mine')).toBe(true);
    expect(log.hasOwn('theirs')).toBe(false);
  });

  it('is trimmed to the newest events', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(segment(1, 10));
    log.cover(segment(50, 100));
    log.trim(20);

    expect(log.live).toMatchObject({ from: 81, to: 100 });
    expect(log.segmentAt(5)).toBeUndefined();
  });

  it('shows each event once and in order, whatever order pages and events come in', () => {
    const seed = 20_261_122;
    const random = seededRandom(seed);
    for (let round = 0; round < 200; round += 1) {
      const log = new RoomLog(OWN_USER_ID);
      const head = 60;
      log.cover(covered({ from: head + 1, to: head, events: [] }));
      for (let step = 0; step < 15; step += 1) {
        const from = 1 + Math.floor(random() * head);
        log.cover(segment(from, Math.min(from + Math.floor(random() * 20), head)));
        log.append(message(head + 1 + Math.floor(random() * 3) * Number(step > 7)));
      }
      log.cover(segment(1, head));
      const found = seqs(log.segmentAt(1));
      expect(found.slice(0, head), `seed ${seed}, round ${round}`).toEqual(
        messages(1, head).map((event) => event.seq),
      );
      expect(new Set(found).size).toBe(found.length);
    }
  });
});
