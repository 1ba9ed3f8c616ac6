import { describe, expect, it } from 'vitest';
import { PeopleTable } from '@/features/people/people-table';
import { loadNewer, lookUp, type RequestHistory } from './history';
import { LoadedLog } from './loaded-log';
import { LogView } from './log-view';
import type { HistoryPage } from './pages';
import { membership, message, messages, OWN_USER_ID } from './test/log-events';
import { covered } from './test/test-timeline';

/** A view of a log with an old stretch, 1 to 10, and a live one. */
function viewOf(live: { from: number; to: number }): LogView {
  const log = new LoadedLog(OWN_USER_ID);
  log.cover(covered({ from: 1, to: 10, events: messages(1, 10) }));
  log.cover(covered({ ...live, events: messages(live.from, live.to) }));
  return new LogView(log, { ownUserId: OWN_USER_ID, names: new PeopleTable() });
}

const joins = (from: number, to: number) =>
  messages(from, to).map(({ seq }) => membership('memberJoined', seq, seq, `P${seq}`));

/** What a server says of the room in which many joined between: few of their events fit on a page. */
const answer: RequestHistory = async (place) => {
  const before = 'before' in place ? place.before : Number.POSITIVE_INFINITY;
  const last = Math.min(before - 1, 60);
  const eventsFrom = Math.max(last - 14, 11);
  const page: HistoryPage = {
    messages: 'after' in place ? [] : messages(1, 10),
    events: joins(eventsFrom, last),
    eventsFrom,
    hasBefore: 'after' in place,
    hasAfter: false,
  };
  return page;
};

describe('pages of a room where much happened beside the messages', () => {
  it('lead to the live end with every event between', async () => {
    const view = viewOf({ from: 41, to: 60 });
    view.showAround(5);
    await loadNewer(view, answer);
    expect(view.showsLiveEnd).toBe(true);
    expect(view.segment).toMatchObject({ from: 1, to: 60 });
    expect(view.segment?.seqs).toEqual(messages(1, 60).map(({ seq }) => seq));
  });

  it('claim nothing of a live stretch that was trimmed while they came', async () => {
    const view = viewOf({ from: 41, to: 60 });
    await lookUp(view, 30, async ({ limit, ...place }) => {
      if ('around' in place) {
        const page = { messages: messages(25, 40), events: [], eventsFrom: 25 };
        view.log.append(message(61));
        view.log.trim(1);
        return { ...page, hasBefore: true, hasAfter: false };
      }
      return answer({ limit, ...place });
    });
    expect(view.log.log.segmentAt(30)).toMatchObject({ from: 25, to: 40 });
    expect(view.log.has(50)).toBe(false);
  });
});
