import { beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../rows';
import { message } from '../test/log-events';
import { LIVE, TestTimeline } from '../test/test-timeline';
import { withChanges } from './changed-rows';
import type { WaitingChange } from './outbox';

function change(fields: Partial<WaitingChange>): WaitingChange {
  const target = { kind: 'edit', target: 2, text: 'new' } as const;
  return { ...target, clientId: 'mine', delivery: 'pending', problem: null, ...fields };
}

describe('rows with changes that are on their way', () => {
  let rows: readonly Row[];
  beforeEach(() => {
    const timeline = new TestTimeline();
    const events = [message(1), message(2, { pinned: true }), message(3)];
    timeline.log.cover({ from: 1, to: 3, events });
    rows = timeline.rows(LIVE);
  });

  const second = (changed: readonly Row[]) =>
    changed.find((row) => row.kind === 'message' && row.seq === 2);

  it('are the same rows where nothing changes', () => {
    expect(withChanges(rows, [])).toBe(rows);
    const changed = withChanges(rows, [change({})]);
    expect(changed.filter((row, index) => row !== rows[index])).toHaveLength(1);
  });

  it('show the new text, and that it is not there yet', () => {
    expect(second(withChanges(rows, [change({})]))).toMatchObject({
      text: 'new',
      edited: true,
      delivery: 'pending',
      clientId: 'mine',
    });
  });

  it('show nothing of what is being deleted', () => {
    const gone = second(withChanges(rows, [change({ kind: 'delete', text: '' })]));
    expect(gone).toMatchObject({ text: '', deleted: true, pinned: false, delivery: 'pending' });
  });

  it('show a refused edit with the reason, also of a message that is gone, and a refused deletion as it was', () => {
    const failed = { delivery: 'failed', problem: 'No.' } as const;
    expect(second(withChanges(rows, [change(failed)]))).toMatchObject({ text: 'new', ...failed });
    const gone = rows.map((row) =>
      row.kind === 'message' ? { ...row, text: '', deleted: true } : row,
    );
    expect(second(withChanges(gone, [change(failed)]))).toMatchObject({
      text: 'new',
      deleted: false,
    });
    const kept = second(withChanges(rows, [change({ ...failed, kind: 'delete', text: '' })]));
    expect(kept).toMatchObject({ text: 'message 2', deleted: false, ...failed });
  });
});
