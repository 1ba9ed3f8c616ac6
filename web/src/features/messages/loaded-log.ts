import { type ShallowRef, shallowRef } from 'vue';
import type { LogEvent } from '@/api/generated/protocol';
import { type Appended, RoomLog } from './log';
import type { MessagePatch } from './message-patch';
import { isInRoom, type MessageEvent, type MessageState } from './message-state';
import type { CoveredPage, Segment } from './segment';

/** Somebody who looks at a log, and wants to stay where he is when it changes. */
export interface LogReader {
  /** The `seq` of the message at which he stands; null when nobody reads, or at the newest message. */
  place(): number | null;
  /** His place is no longer in the live segment. */
  keepAt(place: number): void;
}

/** One room's log for all who look at it. The log itself is not reactive: a revision tells that it has changed. */
export class LoadedLog {
  private current: RoomLog;
  private readonly revision: ShallowRef<number> = shallowRef(0);
  private readonly readers = new Set<LogReader>();

  constructor(private readonly ownUserId: number) {
    this.current = new RoomLog(ownUserId);
  }

  /** As it is now; another one after a reset. */
  get log(): RoomLog {
    this.track();
    return this.current;
  }

  get live(): Segment | undefined {
    return this.log.live;
  }

  get length(): number {
    return this.live?.seqs.length ?? 0;
  }

  /** Whether somebody reads old messages. */
  get isRead(): boolean {
    return [...this.readers].some((reader) => reader.place() !== null);
  }

  /** How far one has read who sees the newest message: lines about joining are read, too. Null when nothing is loaded. */
  get newestSeq(): number | null {
    const { live } = this;
    return live === undefined || live.seqs.length === 0 ? null : live.to;
  }

  has(seq: number): boolean {
    return this.current.segmentAt(seq) !== undefined;
  }

  /** The message at this place as it is now, if it is loaded, be it alone. */
  message(seq: number): MessageState | undefined {
    return this.log.message(seq);
  }

  /** Takes a message that others answer, wherever it stands. */
  keepAlone(event: LogEvent): void {
    this.current.keepAlone(event);
    this.changed();
  }

  takeThreadInfo(root: MessageEvent): void {
    this.current.takeThreadInfo(root);
    this.changed();
  }

  /** Whether it is in the segment that grows with each event. */
  isLive(seq: number): boolean {
    return this.current.segmentAt(seq) === this.current.live;
  }

  hasOwn(clientId: string): boolean {
    return this.current.hasOwn(clientId);
  }

  /** How many messages of others are in the log above `seq`. */
  countAfter(seq: number): number {
    const { live } = this;
    if (live === undefined) {
      return 0;
    }
    const first = live.seqs.findLastIndex((known) => known <= seq) + 1;
    return this.current
      .entriesOf(live, first)
      .filter(
        (entry) =>
          entry.type === 'message' &&
          entry.userId !== this.ownUserId &&
          !entry.deleted &&
          isInRoom(entry),
      ).length;
  }

  addReader(reader: LogReader): void {
    this.readers.add(reader);
  }

  append(event: LogEvent): Appended {
    return this.keepingPlaces(() => this.current.append(event));
  }

  patch(patch: MessagePatch): Appended {
    return this.keepingPlaces(() => this.current.patch(patch));
  }

  skip(range: { from: number; to: number }): Appended {
    return this.keepingPlaces(() => this.current.skip(range));
  }

  cover(page: CoveredPage): void {
    this.keepingPlaces(() => this.current.cover(page));
  }

  trim(keep: number, place: number | null = null): void {
    this.current.trim(keep, place);
    this.changed();
  }

  clear(): void {
    this.current = new RoomLog(this.ownUserId);
    this.changed();
  }

  /** A new live segment after a hole takes along only those who read the newest; the others read on to it. */
  private keepingPlaces<T>(change: () => T): T {
    const places = [...this.readers].map((reader) => [reader, reader.place()] as const);
    const result = change();
    for (const [reader, place] of places) {
      const segment = place === null ? undefined : this.current.segmentAt(place);
      if (place !== null && segment !== undefined && segment !== this.current.live) {
        reader.keepAt(place);
      }
    }
    this.changed();
    return result;
  }

  private changed(): void {
    this.revision.value += 1;
  }

  private track(): number {
    return this.revision.value;
  }
}
