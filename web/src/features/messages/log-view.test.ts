import { describe, expect, it } from 'vitest';
import { PeopleTable } from '@/features/people/people-table';
import { LoadedLog } from './loaded-log';
import { LogView } from './log-view';
import { message, messages, OWN_USER_ID } from './test/log-events';
import { covered } from './test/test-timeline';

function setUp() {
  const log = new LoadedLog(OWN_USER_ID);
  log.cover(covered({ from: 1, to: 10, events: messages(1, 10) }));
  log.cover(covered({ from: 50, to: 60, events: messages(50, 60) }));
  const person = { ownUserId: OWN_USER_ID, names: new PeopleTable() };
  return { log, live: new LogView(log, person), old: new LogView(log, person) };
}

const seqs = (view: LogView) =>
  view.rows([]).flatMap((row) => (row.kind === 'message' ? [row.seq] : []));

describe('two views of one log', () => {
  it('have each its own place', () => {
    const { live, old } = setUp();
    old.showAround(5);
    old.position.unreadAfter = 8;
    expect([seqs(live)[0], seqs(old)[0]]).toEqual([50, 1]);
    expect(live.rows([]).some(({ kind }) => kind === 'unread')).toBe(false);
    expect(old.rows([]).some(({ kind }) => kind === 'unread')).toBe(true);
  });

  it('see the same changes', () => {
    const { log, live, old } = setUp();
    old.showAround(55);
    log.append(message(61));
    log.patch({ seq: 62, target: 55, change: { type: 'delete' } });
    for (const view of [live, old]) {
      expect(seqs(view).at(-1)).toBe(61);
      expect(view.rows([]).find(({ key }) => key === 'm55')).toMatchObject({ deleted: true });
    }
  });

  it('keep the log while one of them is read', () => {
    const { log, live, old } = setUp();
    expect(log.isRead).toBe(false);
    old.reader = () => 5;
    live.close();
    expect(log.isRead).toBe(true);
    old.close();
    expect(log.isRead).toBe(false);
  });
});
