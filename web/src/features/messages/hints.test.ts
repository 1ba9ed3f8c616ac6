import { describe, expect, it } from 'vitest';
import { addHint, type Hint, withHints } from './hints';
import { KIM, membership, message, renamed } from './test/log-events';
import { TestTimeline } from './test/test-timeline';

const hint = (id: number, afterSeq: number): Hint => ({ id, text: `hint ${id}`, afterSeq });

const timeline = new TestTimeline();
timeline.log.cover({
  from: 1,
  to: 5,
  events: [
    message(1),
    membership('memberJoined', 2, KIM, 'Kim'),
    renamed(3, KIM, 'Kim', 'Kimberly'),
    message(4),
    message(5),
  ],
});

function keys(...hints: Hint[]): string[] {
  const view = {
    around: null,
    unreadAfter: null,
    unconfirmed: [],
    hints,
    threadNews: [],
    isBlocked: () => false,
  };
  return timeline.rows(view).flatMap(({ kind, key }) => (kind === 'day' ? [] : [key]));
}

describe('a hint', () => {
  it('stands below what was the newest event, whatever that is', () => {
    expect(keys(hint(1, 1))).toEqual(['beginning', 'm1', 'h1', 's2', 's3', 'm4', 'm5']);
    expect(keys(hint(1, 2))).toEqual(['beginning', 'm1', 's2', 'h1', 's3', 'm4', 'm5']);
    expect(keys(hint(1, 3))).toEqual(['beginning', 'm1', 's2', 's3', 'h1', 'm4', 'm5']);
    expect(keys(hint(1, 9)).at(-1)).toBe('h1');
  });

  it('stands at the beginning of a room in which nothing has happened', () => {
    expect(keys(hint(1, 0)).slice(0, 2)).toEqual(['beginning', 'h1']);
  });

  it('keeps its order among others', () => {
    expect(keys(hint(1, 1), hint(2, 1), hint(3, 4))).toEqual([
      'beginning',
      'm1',
      'h1',
      'h2',
      's2',
      's3',
      'm4',
      'h3',
      'm5',
    ]);
  });

  it('stands above messages on their way, and not among old ones', () => {
    const onItsWay = {
      clientId: 'mine',
      text: 'mine',
      files: [],
      replyTo: null,
      thread: null,
      also: false,
      at: 0,
      delivery: 'pending',
      problem: null,
    } as const;
    const view = {
      around: null,
      unreadAfter: null,
      unconfirmed: [onItsWay],
      hints: [hint(1, 5)],
      threadNews: [],
      isBlocked: () => false,
    };
    const rows = timeline.rows(view).map(({ key }) => key);
    expect(rows.indexOf('h1')).toBeLessThan(rows.indexOf('cmine'));
    expect(rows.indexOf('h1')).toBeGreaterThan(rows.indexOf('m5'));
  });

  it('changes nothing when there is none', () => {
    const rows = timeline.rows({
      around: null,
      unreadAfter: null,
      unconfirmed: [],
      hints: [],
      threadNews: [],
      isBlocked: () => false,
    });
    expect(withHints(rows, [])).toBe(rows);
  });
});

describe('hints', () => {
  it('are numbered, and old ones make room', () => {
    let hints: readonly Hint[] = [];
    for (let count = 0; count < 25; count += 1) {
      hints = addHint(hints, { text: '', afterSeq: 0 });
    }
    expect([hints.length, hints[0]?.id, hints.at(-1)?.id]).toEqual([20, 6, 25]);
  });
});
