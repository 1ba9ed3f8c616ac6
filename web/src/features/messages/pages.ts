import type { LogEvent } from '@/api/generated/protocol';
import { mergeEvents, type Segment } from './log';

/** What `joined`, `reset` and `history` have in common. */
export interface Page {
  messages: readonly LogEvent[];
  events: readonly LogEvent[];
  hasBefore: boolean;
}

export type Snapshot = Page & { headSeq: number };
export type HistoryPage = Page & { hasAfter: boolean };

/** The stretch that a snapshot covers: from its first message (or the room's beginning) to its head. */
export function segmentOfSnapshot(snapshot: Snapshot): Segment {
  const first = snapshot.messages[0]?.seq ?? snapshot.headSeq + 1;
  return segment(snapshot, snapshot.hasBefore ? first : 1, snapshot.headSeq);
}

/** The answer to `before`: everything from its first message up to the event that the request named. */
export function segmentBefore(before: number, page: HistoryPage): Segment {
  return segment(page, beginning(page, before), before - 1);
}

/** The answer to `after`. Without more messages it reaches the live segment, whatever events lie between. */
export function segmentAfter(after: number, page: HistoryPage, live: Segment | undefined): Segment {
  return segment(page, after + 1, end(page, live, after));
}

/** The answer to `around`. */
export function segmentAround(page: HistoryPage, live: Segment | undefined): Segment {
  const from = beginning(page, Number.POSITIVE_INFINITY);
  return segment(page, from, end(page, live, from - 1));
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

function segment(page: Page, from: number, to: number): Segment {
  return { from, to, events: mergeEvents(page.messages, page.events) };
}
