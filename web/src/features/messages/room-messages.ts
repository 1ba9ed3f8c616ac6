import { type ShallowReactive, type ShallowRef, shallowReactive, shallowRef } from 'vue';
import type { LogEvent } from '@/api/generated/protocol';
import { addHint, type Hint } from './hints';
import type { Appended, Segment } from './log';
import type { Row, UnconfirmedMessage } from './rows';
import { RoomTimeline } from './timeline';

export type Edge = 'older' | 'newer';
export type Loading = Edge | 'around';

export const NOTHING_FAILED: Readonly<Record<Edge, boolean>> = { older: false, newer: false };

export interface RoomView {
  /** The old message that is being read around; null at the live end. */
  around: number | null;
  /** Where the line "new messages" stands; fixed while the room is read. */
  unreadAfter: number | null;
  loading: Loading | null;
  /** Whether the page at an edge could not be loaded; it is tried again on demand. */
  failed: Readonly<Record<Edge, boolean>>;
  /** Counts what this person has done here: each time the list goes to its end. */
  sent: number;
  /** What the server told this person alone. */
  hints: readonly Hint[];
}

/** One room's timeline with what is on show of it. The log itself is not reactive: a revision tells that it has changed. */
export class RoomMessages {
  readonly view: ShallowReactive<RoomView> = shallowReactive({
    around: null,
    unreadAfter: null,
    loading: null,
    failed: NOTHING_FAILED,
    sent: 0,
    hints: [],
  });
  /** Tells the message at which a reader stands; null when nobody reads, or at the newest message. */
  reader: () => number | null = () => null;
  private timeline: RoomTimeline;
  private readonly revision: ShallowRef<number> = shallowRef(0);
  /** What stays on screen while the place of a reader is looked up in a new log. */
  private held: readonly Row[] | null = null;

  constructor(private readonly ownUserId: number) {
    this.timeline = new RoomTimeline(ownUserId);
  }

  get live(): Segment | undefined {
    this.track();
    return this.timeline.log.live;
  }

  /** The segment on show. */
  get segment(): Segment | undefined {
    this.track();
    return this.timeline.segmentOf(this.view);
  }

  get showsLiveEnd(): boolean {
    return this.held === null && this.segment === this.live;
  }

  rows(unconfirmed: readonly UnconfirmedMessage[]): readonly Row[] {
    this.track();
    return this.held ?? this.timeline.rows({ ...this.view, unconfirmed });
  }

  has(seq: number): boolean {
    return this.timeline.log.segmentAt(seq) !== undefined;
  }

  hasOwn(clientId: string): boolean {
    return this.timeline.log.hasOwn(clientId);
  }

  append(event: LogEvent): Appended {
    return this.keepingPlace(() => this.timeline.log.append(event));
  }

  cover(page: Segment): void {
    this.keepingPlace(() => this.timeline.log.cover(page));
  }

  /** Begins again with a fresh snapshot. */
  reset(snapshot: Segment): void {
    this.clear();
    this.timeline.log.cover(snapshot);
  }

  clear(): void {
    this.timeline = new RoomTimeline(this.ownUserId);
    this.view.around = null;
    this.view.failed = NOTHING_FAILED;
    this.view.hints = [];
    this.changed();
  }

  /** Below the newest event that is here now. */
  hint(text: string): void {
    this.view.hints = addHint(this.view.hints, { text, afterSeq: this.live?.to ?? 0 });
  }

  dismissHint(id: number): void {
    this.view.hints = this.view.hints.filter((hint) => hint.id !== id);
  }

  hold(rows: readonly Row[] | null): void {
    this.held = rows;
    this.changed();
  }

  /** Whether these are the rows that are held. */
  holds(rows: readonly Row[] | null): boolean {
    return this.held === rows;
  }

  trim(keep: number): void {
    this.timeline.log.trim(keep);
    this.changed();
  }

  /** How many messages of others are in the log above `seq`. */
  countAfter(seq: number): number {
    const events = this.live?.events ?? [];
    let count = 0;
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const event = events[index];
      if (event === undefined || event.seq <= seq) {
        break;
      }
      count += Number(event.type === 'message' && event.userId !== this.ownUserId);
    }
    return count;
  }

  /** How far one has read who sees the newest message: lines about joining are read, too. Null when nothing is loaded. */
  get newestSeq(): number | null {
    const { live } = this;
    return live === undefined || live.events.length === 0 ? null : live.to;
  }

  changed(): void {
    this.revision.value += 1;
  }

  /** A new live segment after a hole takes along only those who read the newest; the others read on to it. */
  private keepingPlace<T>(change: () => T): T {
    const place = this.reader();
    const result = change();
    const segment = place === null ? undefined : this.timeline.log.segmentAt(place);
    if (segment !== undefined && segment !== this.timeline.log.live) {
      this.view.around = place;
    }
    this.changed();
    return result;
  }

  private track(): number {
    return this.revision.value;
  }
}
