import { afterEach, describe, expect, it } from 'vitest';
import type { LogEvent } from '@/api/generated/protocol';
import { moveTo } from '@/features/clock/test/in-zone';
import type { MessageRow, Row, UnconfirmedMessage } from './rows';
import {
  KIM,
  membership,
  message,
  messages,
  minute,
  OWN_USER_ID,
  renamed,
  SAM,
} from './test/log-events';
import { LIVE, TestTimeline } from './test/test-timeline';
import type { TimelineView } from './timeline';

function timelineOf(events: LogEvent[]): TestTimeline {
  const timeline = new TestTimeline();
  timeline.log.cover({ from: 1, to: events.at(-1)?.seq ?? 0, events });
  return timeline;
}

function rowsOf(events: LogEvent[], view: Partial<TimelineView> = {}): readonly Row[] {
  return timelineOf(events).rows({ ...LIVE, ...view });
}

function kinds(rows: readonly Row[]): string[] {
  return rows.map((row) => row.kind);
}

function messageRows(rows: readonly Row[]): MessageRow[] {
  return rows.filter((row) => row.kind === 'message');
}

function pending(clientId: string, fields: Partial<UnconfirmedMessage> = {}): UnconfirmedMessage {
  return {
    clientId,
    text: 'on its way',
    files: [],
    replyTo: null,
    thread: null,
    also: false,
    at: minute(1),
    delivery: 'pending',
    problem: null,
    ...fields,
  };
}

describe('the beginning of a log', () => {
  const begun = (title: string) =>
    rowsOf([
      {
        type: 'roomCreated',
        room: 4,
        seq: 1,
        at: minute(0),
        userId: SAM,
        name: 'Sam',
        title,
        topic: '',
      },
    ]);

  it('says who made a room', () => {
    expect(begun('Tea').at(-1)).toMatchObject({
      kind: 'notice',
      notice: { type: 'roomCreated', name: 'Sam' },
    });
  });

  it('says nothing of a room in a conversation, which has no title', () => {
    expect(kinds(begun(''))).toEqual(['beginning']);
  });
});

describe('an action', () => {
  const actions = (...events: LogEvent[]) =>
    messageRows(rowsOf(events)).map(({ messageKind, head }) => [messageKind, head]);

  it('is a message of its own kind, whatever its text looks like', () => {
    expect(actions(message(1, { kind: 'action', text: 'waves' }))).toEqual([['action', true]]);
    expect(actions(message(1, { text: '* Sam waves' }))).toEqual([['text', true]]);
  });

  it('belongs to no group', () => {
    expect(
      actions(message(1), message(2, { kind: 'action', text: 'waves' }), message(3), message(4)),
    ).toEqual([
      ['text', true],
      ['action', false],
      ['text', true],
      ['text', false],
    ]);
  });
});

describe('grouping', () => {
  it('puts messages of one author within five minutes of the first under one heading', () => {
    const rows = rowsOf([
      message(1, { at: minute(0) }),
      message(2, { at: minute(4) }),
      message(3, { at: minute(5) }),
      message(4, { at: minute(5), userId: KIM, name: 'Kim' }),
    ]);
    expect(messageRows(rows).map((row) => row.head)).toEqual([true, false, true, true]);
  });

  it('begins anew after a line between', () => {
    const rows = rowsOf([message(1), membership('memberJoined', 2, KIM, 'Kim'), message(3)]);
    expect(messageRows(rows).map((row) => row.head)).toEqual([true, true]);
  });
});

describe('days', () => {
  it('are separated by the local calendar', () => {
    const rows = rowsOf([
      message(1, { at: minute(0, 1) }),
      message(2, { at: minute(0, 1) }),
      message(3, { at: minute(0, 2) }),
    ]);
    expect(kinds(rows)).toEqual(['beginning', 'day', 'message', 'message', 'day', 'message']);
  });
});

describe('the line of unread messages', () => {
  it('stands before the first message of others that is unread', () => {
    const own = { userId: OWN_USER_ID, name: 'Alex' };
    const rows = rowsOf([message(1), message(2, own), message(3), message(4)], { unreadAfter: 1 });
    expect(kinds(rows)).toEqual([
      'beginning',
      'day',
      'message',
      'message',
      'unread',
      'message',
      'message',
    ]);
  });

  it('stays where it is while messages come', () => {
    const timeline = timelineOf(messages(1, 4));
    const before = kinds(timeline.rows({ ...LIVE, unreadAfter: 2 }));
    timeline.log.append(message(5));
    const after = kinds(timeline.rows({ ...LIVE, unreadAfter: 2 }));
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('is not there without an unread message', () => {
    expect(kinds(rowsOf(messages(1, 4), { unreadAfter: 4 }))).not.toContain('unread');
  });
});

describe('joining and leaving', () => {
  it('is folded into one line that names each person once', () => {
    const rows = rowsOf([
      membership('memberJoined', 1, SAM, 'Sam'),
      membership('memberJoined', 2, KIM, 'Kim'),
      membership('memberLeft', 3, KIM, 'Kim'),
      membership('memberJoined', 4, KIM, 'Kim'),
    ]);
    expect(rows.at(-1)).toMatchObject({
      kind: 'membership',
      parts: [
        { type: 'memberJoined', people: [{ name: 'Sam' }, { name: 'Kim' }] },
        { type: 'memberLeft', people: [{ name: 'Kim' }] },
      ],
    });
    expect(kinds(rows)).toEqual(['beginning', 'day', 'membership']);
  });

  it('is that of the person to whom it happened', () => {
    const subject = { userId: SAM, name: 'Sam' };
    const removed = {
      ...membership('memberLeft', 2, KIM, 'Kim'),
      type: 'memberRemoved',
      subject,
    } as const;
    expect(rowsOf([message(1), removed]).at(-1)).toMatchObject({
      parts: [{ type: 'memberLeft', people: [{ userId: SAM, name: 'Sam' }] }],
    });
  });

  it('by the hand of another has a line of its own where a reason was given', () => {
    const subject = { userId: SAM, name: 'Sam' };
    const base = { ...membership('memberLeft', 2, KIM, 'Kim'), subject, reason: 'Too loud' };
    expect(rowsOf([message(1), { ...base, type: 'memberRemoved' }]).at(-1)).toMatchObject({
      notice: { type: 'memberRemoved', name: 'Kim', subject: 'Sam', reason: 'Too loud' },
    });
    const banned = { ...base, type: 'memberBanned', until: 5 } as const;
    expect(rowsOf([message(1), banned]).at(-1)).toMatchObject({
      notice: { type: 'memberBanned', until: 5, reason: 'Too loud' },
    });
  });

  it('is shown anew when the fold grows', () => {
    const timeline = timelineOf([membership('memberJoined', 1, SAM, 'Sam')]);
    const before = timeline.rows(LIVE).at(-1);
    timeline.log.append(membership('memberJoined', 2, KIM, 'Kim'));
    const after = timeline.rows(LIVE).at(-1);
    expect(after).not.toBe(before);
    expect(after?.key).toBe(before?.key);
  });
});

describe('names', () => {
  it('of earlier messages follow a renaming', () => {
    const timeline = timelineOf(messages(1, 2));
    expect(messageRows(timeline.rows(LIVE)).map((row) => row.name)).toEqual(['Sam', 'Sam']);
    timeline.log.append(renamed(3, SAM, 'Sam', 'Samuel'));
    const rows = timeline.rows(LIVE);
    expect(messageRows(rows).map((row) => row.name)).toEqual(['Samuel', 'Samuel']);
    expect(rows.at(-1)).toMatchObject({
      notice: { type: 'renamed', oldName: 'Sam', name: 'Samuel' },
    });
  });

  it('stand in the line about a renaming as the one who got it, whoever gave it', () => {
    const subject = { userId: SAM, name: 'Samuel' };
    const given = { ...renamed(2, KIM, 'Sam', 'Kim'), subject };
    expect(rowsOf([message(1), given]).at(-1)).toMatchObject({
      notice: { type: 'renamed', oldName: 'Sam', name: 'Samuel' },
    });
  });

  it('are not turned back by an older page', () => {
    const timeline = new TestTimeline();
    timeline.log.cover({ from: 5, to: 5, events: [message(5, { name: 'Samuel' })] });
    timeline.rows(LIVE);
    timeline.log.cover({ from: 4, to: 4, events: [message(4, { name: 'Sam' })] });
    expect(messageRows(timeline.rows(LIVE)).map((row) => row.name)).toEqual(['Samuel', 'Samuel']);
  });
});

describe('messages on their way', () => {
  it('stand at the end, grouped with the own message before', () => {
    const own = message(1, { userId: OWN_USER_ID, name: 'Alex', at: minute(0) });
    const rows = messageRows(
      rowsOf([own], {
        unconfirmed: [pending('a'), pending('b', { delivery: 'failed', problem: 'No.' })],
      }),
    );
    expect(rows.map((row) => [row.head, row.delivery, row.problem])).toEqual([
      [true, 'sent', null],
      [false, 'pending', null],
      [false, 'failed', 'No.'],
    ]);
  });

  it('are one row, with one key, whichever of ack, event and removal comes first', () => {
    const timeline = timelineOf(messages(1, 1));
    const waiting = { ...LIVE, unconfirmed: [pending('mine')] };
    const key = timeline.rows(waiting).at(-1)?.key;

    timeline.log.append(message(2, { userId: OWN_USER_ID, clientId: 'mine' }));
    expect(timeline.rows(waiting).map((row) => row.key)).toEqual(
      timeline.rows(LIVE).map((row) => row.key),
    );
    expect(timeline.rows(LIVE).at(-1)?.key).toBe(key);
  });

  it('are shown at the live end only', () => {
    const timeline = timelineOf(messages(1, 3));
    timeline.log.cover({ from: 50, to: 60, events: messages(50, 60) });
    const rows = timeline.rows({ ...LIVE, around: 2, unconfirmed: [pending('mine')] });
    expect(rows.at(-1)?.kind).toBe('newer');
    expect(rows.some((row) => row.key === 'cmine')).toBe(false);
  });
});

describe('edges', () => {
  it('tell whether older messages wait', () => {
    const timeline = new TestTimeline();
    timeline.log.cover({ from: 80, to: 90, events: messages(80, 90) });
    expect(timeline.rows(LIVE)[0]?.kind).toBe('older');
    timeline.log.cover({ from: 1, to: 79, events: messages(1, 79) });
    expect(timeline.rows(LIVE)[0]?.kind).toBe('beginning');
  });

  it('wait for a room that is not loaded, with what is on its way to it', () => {
    const rows = new TestTimeline().rows({ ...LIVE, unconfirmed: [pending('mine')] });
    expect(kinds(rows)).toEqual(['older', 'day', 'message']);
  });
});

describe('keys', () => {
  it('are unique', () => {
    const rows = rowsOf([
      message(1, { at: minute(0, 2) }),
      // A clock that was set back gives the same day twice.
      message(2, { at: minute(0, 1) }),
      message(3, { at: minute(0, 2) }),
      membership('memberJoined', 4, SAM, 'Sam'),
      renamed(5, SAM, 'Sam', 'Samuel'),
    ]);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  });
});

describe('growing to thousands of rows', () => {
  it('continues what was built: rows before the new one are the same objects', () => {
    const timeline = timelineOf(messages(1, 10_000));
    const before = timeline.rows(LIVE);
    timeline.log.append(message(10_001));
    const after = timeline.rows(LIVE);
    expect(after).toHaveLength(before.length + 1);
    expect(after.slice(1, -1).every((row, index) => row === before[index + 1])).toBe(true);
  });
});

describe('the days of a traveller', () => {
  afterEach(() => moveTo());

  it('are those of the zone into which the reader has come', () => {
    const at = Date.parse('2026-03-01T20:00:00Z');
    const timeline = timelineOf([message(1, { at }), message(2, { at: at + 3 * 3_600_000 })]);
    const days = ['UTC', 'Asia/Kolkata', 'Europe/Berlin'].map((zone) => {
      moveTo(zone);
      return timeline.rows(LIVE).filter(({ kind }) => kind === 'day').length;
    });
    expect(days).toEqual([1, 1, 2]);
  });
});
