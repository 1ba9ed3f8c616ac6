import { describe, expect, it } from 'vitest';
import { RoomLog } from './log';
import { type MessageChange, type MessagePatch, patched } from './message-patch';
import { changeOf, type MessageState } from './message-state';
import type { MessageRow } from './rows';
import { KIM, membership, message, messages, OWN_USER_ID, SAM } from './test/log-events';
import { seededRandom } from './test/random';
import { covered, LIVE, TestTimeline } from './test/test-timeline';

const state = (seq: number) => changeOf(message(seq)) as MessageState;
const patch = (seq: number, target: number, change: MessageChange): MessagePatch => ({
  seq,
  target,
  change,
});
const edit = (text: string): MessageChange => ({ type: 'edit', text, at: 5 });

describe('a patch', () => {
  it('edits, deletes and reacts', () => {
    const edited = patched(state(1), patch(2, 1, edit('better')));
    expect(edited).toMatchObject({ text: 'better', editedAt: 5, changed: 2 });
    const react = (userId: number, reacting: boolean) =>
      ({ type: 'react', userId, emoji: '👍', reacting }) as const;
    const one = patched(edited, patch(3, 1, react(SAM, true)));
    const two = patched(one, patch(4, 1, react(KIM, true)));
    expect(two.reactions).toEqual([{ emoji: '👍', count: 2, users: [SAM, KIM] }]);
    const none = patched(
      patched(two, patch(5, 1, react(SAM, false))),
      patch(6, 1, react(KIM, false)),
    );
    expect(none.reactions).toEqual([]);
    const deleted = patched(two, patch(7, 1, { type: 'delete' }));
    expect(deleted).toMatchObject({ deleted: true, text: '', reactions: [], editedAt: null });
    expect(patched(deleted, patch(8, 1, edit('back')))).toMatchObject({ deleted: true, text: '' });
  });

  it('is done with when the message was told with all that came of it', () => {
    const reactions = [{ emoji: '👍', count: 21, users: [SAM] }];
    const told = {
      type: 'state',
      text: 'x',
      editedAt: null,
      deleted: false,
      reactions,
      pinned: true,
      changed: 9,
    };
    const state9 = patched(state(1), patch(7, 1, told as MessageChange));
    expect(state9).toMatchObject({ reactions, changed: 9 });
    const again = { type: 'react', userId: KIM, emoji: '👍', reacting: true } as const;
    expect(patched(state9, patch(9, 1, again))).toBe(state9);
    expect(patched(state9, patch(10, 1, again)).reactions[0]?.count).toBe(22);
  });

  it('counts once, and not when the message was told in a newer state', () => {
    const edited = patched(state(1), patch(4, 1, edit('newer')));
    expect(patched(edited, patch(4, 1, edit('again')))).toBe(edited);
    expect(patched(edited, patch(3, 1, edit('older')))).toBe(edited);
  });
});

describe('a log with patches', () => {
  it('goes on over them, and has no entry for them', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 1, to: 2, events: messages(1, 2) }));
    expect(log.patch(patch(3, 1, edit('better')))).toBe('appended');
    expect(log.patch(patch(3, 1, edit('better')))).toBe('known');
    expect(log.append(message(4))).toBe('appended');
    expect(log.live).toEqual({ from: 1, to: 4, seqs: [1, 2, 4] });
  });

  it('keeps a patch for a page that was read before it and comes after it', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 10, to: 10, events: [message(10)] }));
    log.patch(patch(11, 3, edit('better')));
    log.cover(covered({ from: 1, to: 9, events: messages(1, 9) }));
    const found = log.live === undefined ? [] : log.entriesOf(log.live);
    expect(found[2]).toMatchObject({ text: 'better', changed: 11 });
  });

  it('does not let a page of before undo a patch', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 1, to: 3, events: messages(1, 3) }));
    log.patch(patch(4, 2, { type: 'delete' }));
    log.cover(covered({ from: 1, to: 3, events: messages(1, 3) }));
    expect(log.live && log.entriesOf(log.live)[1]).toMatchObject({ deleted: true });
  });
});

describe('a page of before that comes late', () => {
  it('does not bring back what was changed and forgotten meanwhile', () => {
    const log = new RoomLog(OWN_USER_ID);
    log.cover(covered({ from: 1, to: 6, events: messages(1, 6) }));
    log.patch(patch(7, 2, { type: 'delete' }));
    log.trim(2);
    expect(log.segmentAt(2)).toBeUndefined();
    log.cover(covered({ from: 1, to: 4, events: messages(1, 4) }));
    expect(log.live && log.entriesOf(log.live)[1]).toMatchObject({ deleted: true, text: '' });
  });
});

describe('rows', () => {
  it('of changed messages change, and no others', () => {
    const timeline = new TestTimeline();
    timeline.log.cover({ from: 1, to: 3, events: messages(1, 3) });
    const before = timeline.rows(LIVE);
    timeline.log.patch(patch(4, 2, edit('better')));
    timeline.log.patch(patch(5, 3, { type: 'delete' }));
    const after = timeline.rows(LIVE);
    expect(after.map((row, index) => row === before[index])).toEqual([
      // The edge is made anew each time.
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(after.slice(-2)).toMatchObject([
      { key: 'm2', text: 'better', edited: true, deleted: false },
      { key: 'm3', text: '', edited: false, deleted: true },
    ]);
  });

  it('begin with no line about joining where the log is cut: it would understate', () => {
    const timeline = new TestTimeline();
    const joins = [5, 6].map((seq) => membership('memberJoined', seq, seq, `P${seq}`));
    timeline.log.cover({ from: 5, to: 7, events: [...joins, message(7)] });
    expect(timeline.rows(LIVE).map(({ kind }) => kind)).toEqual(['older', 'day', 'message']);
    timeline.log.cover({ from: 1, to: 4, events: [membership('memberJoined', 4, 4, 'P4')] });
    expect(timeline.rows(LIVE).at(2)).toMatchObject({ kind: 'membership', seq: 4 });
  });

  /** What is true on the server: all that ever happened, and the messages as they are now. */
  it('are those of a model, whatever order events, patches and pages of any age come in', () => {
    const seed = 20_261_128;
    const random = seededRandom(seed);
    const upTo = (most: number) => Math.floor(random() * most);
    for (let round = 0; round < 60; round += 1) {
      const model = new Map<number, MessageState>(
        messages(1, 40).map(({ seq }) => [seq, state(seq)]),
      );
      const timeline = new TestTimeline();
      const log = timeline.room;
      log.cover({ from: 41, to: 40, entries: [] });
      let head = 40;
      let latePage = { from: 41, to: 40, entries: [] as MessageState[] };
      for (let step = 0; step < 60; step += 1) {
        const action = upTo(5);
        if (action === 0) {
          head += 1;
          model.set(head, state(head));
          log.append(message(head));
        } else if (action === 1) {
          log.cover(latePage);
          const from = 1 + upTo(40);
          const to = Math.min(from + upTo(15), 40);
          const entries = [...model.values()].filter(({ seq }) => from <= seq && seq <= to);
          latePage = { from, to, entries };
        } else {
          head += 1;
          const target = [...model.keys()][upTo(model.size)] ?? 1;
          const emoji = random() < 0.5 ? '👍' : '🎉';
          const reacting = random() < 0.7;
          const changes: MessageChange[] = [
            edit(`edited ${head}`),
            { type: 'delete' },
            { type: 'react', userId: upTo(3), emoji, reacting },
          ];
          const applied = patch(head, target, changes[action - 2] ?? edit('never'));
          model.set(target, patched(model.get(target) as MessageState, applied));
          log.patch(applied);
        }
        timeline.rows({ ...LIVE, around: upTo(head) });
      }
      log.cover(latePage);
      const all = [...model.values()];
      log.cover({ from: 1, to: 40, entries: all.filter(({ seq }) => seq <= 40) });
      const fresh = new TestTimeline();
      fresh.room.cover({ from: 1, to: head, entries: all });
      const rows = timeline.rows(LIVE);
      expect(rows, `seed ${seed}, round ${round}`).toEqual(fresh.rows(LIVE));
      const shown = rows.filter((row): row is MessageRow => row.kind === 'message');
      expect(shown.map(({ text, deleted }) => [text, deleted])).toEqual(
        all.map(({ text, deleted }) => [text, deleted]),
      );
    }
  });
});
