import { type ShallowReactive, type ShallowRef, shallowReactive, shallowRef } from 'vue';
import { addHint, type Hint } from './hints';
import type { LoadedLog, LogReader } from './loaded-log';
import type { RoomLog } from './log';
import type { RowContext } from './row-builder';
import type { Row, UnconfirmedMessage } from './rows';
import type { Segment } from './segment';
import type { ThreadNews } from './threads/news';
import { RoomTimeline } from './timeline';

/** Where a reader has left: how far below the top of the list the message began, in pixels. */
export interface Bookmark {
  seq: number;
  top: number;
}

export type Edge = 'older' | 'newer';
export type Loading = Edge | 'around';

export const NOTHING_FAILED: Readonly<Record<Edge, boolean>> = { older: false, newer: false };

/** Where somebody stands in a log. */
export interface Position {
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

/** One look at a room's log. A log may have several: each has its own place, and rows of its own. */
export class LogView implements LogReader {
  readonly position: ShallowReactive<Position> = shallowReactive({
    around: null,
    unreadAfter: null,
    loading: null,
    failed: NOTHING_FAILED,
    sent: 0,
    hints: [],
  });
  /** Tells the message at which the reader stands; null when nobody reads, or at the newest message. */
  reader: () => number | null = () => null;
  /** Where the last reader was; null at the newest message. */
  bookmark: Bookmark | null = null;
  private timeline: { log: RoomLog; timeline: RoomTimeline } | null = null;
  /** What stays on screen while the place of a reader is looked up in a new log. */
  private readonly held: ShallowRef<readonly Row[] | null> = shallowRef(null);

  constructor(
    readonly log: LoadedLog,
    private readonly person: Pick<RowContext, 'ownUserId' | 'names'>,
  ) {
    log.addReader(this);
  }

  /** The segment on show. */
  get segment(): Segment | undefined {
    return this.currentTimeline().segmentOf(this.position);
  }

  get showsLiveEnd(): boolean {
    return this.held.value === null && this.segment === this.log.live;
  }

  rows(
    unconfirmed: readonly UnconfirmedMessage[],
    threadNews: readonly ThreadNews[] = [],
    isBlocked: (userId: number) => boolean = () => false,
  ): readonly Row[] {
    const view = { ...this.position, unconfirmed, threadNews, isBlocked };
    return this.held.value ?? this.currentTimeline().rows(view);
  }

  place(): number | null {
    return this.reader();
  }

  keepAt(place: number): void {
    this.position.around = place;
  }

  showAround(seq: number): void {
    this.position.around = seq;
    this.position.failed = NOTHING_FAILED;
  }

  showLiveEnd(): void {
    // Whoever goes there does not wait for old messages any more.
    this.hold(null);
    this.position.around = null;
    this.position.failed = NOTHING_FAILED;
  }

  /** Goes to the live end of a log that has begun anew. */
  beginAgain(): void {
    this.position.around = null;
    this.position.failed = NOTHING_FAILED;
    this.position.hints = [];
  }

  /** Nobody looks any more. */
  close(bookmark: Bookmark | null = null): void {
    this.bookmark = bookmark;
    this.showLiveEnd();
    this.reader = () => null;
    this.position.unreadAfter = null;
    this.position.hints = [];
  }

  /** Below the newest event that is here now. */
  hint(text: string): void {
    const afterSeq = this.log.live?.to ?? 0;
    this.position.hints = addHint(this.position.hints, { text, afterSeq });
  }

  dismissHint(id: number): void {
    this.position.hints = this.position.hints.filter((hint) => hint.id !== id);
  }

  hold(rows: readonly Row[] | null): void {
    this.held.value = rows;
  }

  /** Whether these are the rows that are held. */
  holds(rows: readonly Row[] | null): boolean {
    return this.held.value === rows;
  }

  private currentTimeline(): RoomTimeline {
    const { log } = this.log;
    if (this.timeline?.log !== log) {
      this.timeline = { log, timeline: new RoomTimeline(log, this.person) };
    }
    return this.timeline.timeline;
  }
}
