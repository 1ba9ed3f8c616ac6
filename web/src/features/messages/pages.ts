import type { LogEvent } from '@/api/generated/protocol';
import { changeOf, isEntry } from './message-state';
import type { CoveredPage, Segment } from './segment';

/** What `joined`, `reset` and `history` have in common. */
export interface Page {
  messages: readonly LogEvent[];
  /** The events beside them; below `eventsFrom` some are left out. */
  events: readonly LogEvent[];
  eventsFrom: number;
  hasBefore: boolean;
}

export type Snapshot = Page & { headSeq: number };
export type HistoryPage = Page & { hasAfter: boolean };

/** The stretch that a snapshot covers: from its first message (or the room's beginning) to its head. */
export function pageOfSnapshot(snapshot: Snapshot): CoveredPage {
  const first = snapshot.messages[0]?.seq ?? snapshot.headSeq + 1;
  return covered(snapshot, snapshot.hasBefore ? first : 1, snapshot.headSeq);
}

/**
 * The answer to `before`: everything from its first message up to the event that the request named. It covers something in any
 * case, or it would be asked for forever.
 */
export function pageBefore(before: number, page: HistoryPage): CoveredPage {
  const eventsFrom = Math.min(page.eventsFrom, before - 1);
  return covered({ ...page, eventsFrom }, beginning(page, before), before - 1);
}

/** The answer to `after`. Without more messages it reaches the live segment, whatever events lie between. */
export function pageAfter(
  after: number,
  page: HistoryPage,
  live: Segment | undefined,
): CoveredPage {
  return covered(page, after + 1, end(page, live, after));
}

/** The answer to `around`. */
export function pageAround(page: HistoryPage, live: Segment | undefined): CoveredPage {
  const from = beginning(page, Number.POSITIVE_INFINITY);
  return covered(page, from, end(page, live, from - 1));
}

/** A page that claims to have more before it and brings nothing would be asked for forever; it counts as the first. */
function beginning(page: Page, below: number): number {
  const first = page.messages[0]?.seq ?? below;
  return page.hasBefore && first < below ? first : 1;
}

function end(page: HistoryPage, live: Segment | undefined, above: number): number {
  const last = page.messages.at(-1)?.seq ?? above;
  return page.hasAfter && last > above ? last : Math.max(last, (live?.from ?? 0) - 1);
}

/** Where events are left out, nobody knows what happened; only what lies above is covered, and that may be nothing. */
function covered(page: Page, from: number, to: number): CoveredPage {
  const entries = [...page.messages, ...page.events]
    .sort((left, right) => left.seq - right.seq)
    .map(changeOf)
    .filter(isEntry);
  return { from: Math.min(Math.max(from, page.eventsFrom), to + 1), to, entries };
}
