import type { LogEvent } from '@/api/generated/protocol';
import { EntryTable } from './entry-table';
import type { MessagePatch } from './message-patch';
import {
  changeOf,
  isPatch,
  type LogEntry,
  type MessageEvent,
  type MessageState,
} from './message-state';
import {
  type CoveredPage,
  joinSegments,
  lastOf,
  type Segment,
  segmentOf,
  stretchAround,
} from './segment';

export type Appended = 'appended' | 'known' | 'after-hole';

/**
 * What is loaded of one room's log, whoever looks at it: entries by `seq`, in segments without gaps. Segments are in order and never
 * touch each other. The last one is live: it grows with each event. A page around an old message starts a segment of its own, until
 * the pages between join them.
 */
export class RoomLog {
  private segments: Segment[] = [];
  private readonly entries = new EntryTable();
  private readonly ownClientIds = new Set<string>();

  constructor(private readonly ownUserId: number) {}

  get live(): Segment | undefined {
    return this.segments.at(-1);
  }

  /** The segment that covers `seq`. */
  segmentAt(seq: number): Segment | undefined {
    return this.segments.find((segment) => segment.from <= seq && seq <= segment.to);
  }

  /** In the order of `seq`. An entry that has changed is another object. */
  entriesOf(segment: Segment, first = 0): LogEntry[] {
    return segment.seqs.slice(first).flatMap((seq) => this.entries.get(seq) ?? []);
  }

  message(seq: number): MessageState | undefined {
    const entry = this.entries.get(seq);
    return entry?.type === 'message' ? entry : undefined;
  }

  /** Takes a message that is in no segment. It follows its changes, and goes when the log is trimmed. */
  keepAlone(event: LogEvent): void {
    const change = changeOf(event);
    if (!isPatch(change)) {
      this.entries.put(change);
    }
  }

  /** Whether the own message sent with `clientId` has come back from the server. */
  hasOwn(clientId: string): boolean {
    return this.ownClientIds.has(clientId);
  }

  /**
   * Takes the next live event. An event after a hole begins a new live segment, so that the missing part is fetched
   * like any older page rather than silently skipped.
   */
  append(event: LogEvent): Appended {
    const change = changeOf(event);
    if (isPatch(change)) {
      return this.patch(change);
    }
    const appended = this.extendTo(event.seq);
    if (appended !== 'known') {
      this.live?.seqs.push(event.seq);
      this.put(change);
      if (change.type === 'message' && change.thread !== null && !change.deleted) {
        const { seq, at, userId, name, thread: target } = change;
        this.entries.patch({ seq, target, change: { type: 'reply', at, userId, name } });
      }
    }
    return appended;
  }

  /** Takes an event that changes a message. It has a place in the order, and is no entry of its own. */
  patch(patch: MessagePatch): Appended {
    this.entries.patch(patch);
    return this.extendTo(patch.seq);
  }

  /** Takes what was counted anew of a thread, unless something newer is known. */
  takeThreadInfo(root: MessageEvent): void {
    const known = this.message(root.seq);
    const info = root.threadInfo ?? null;
    if (known !== undefined && (info === null || info.asOf >= (known.threadInfo?.asOf ?? 0))) {
      this.entries.patch({ seq: 0, target: root.seq, change: { type: 'thread', info } });
    }
  }

  /** Counts as seen what was left out of a replay. */
  skip({ from, to }: { from: number; to: number }): Appended {
    const { live } = this;
    if (live !== undefined && to <= live.to) {
      return 'known';
    }
    if (live !== undefined && from <= live.to + 1) {
      live.to = to;
      return 'appended';
    }
    this.segments.push({ from, to, seqs: [] });
    return live === undefined ? 'appended' : 'after-hole';
  }

  /** Takes a page, and joins every segment that it touches or overlaps with it. */
  cover(page: CoveredPage): void {
    const covered = segmentOf(page);
    for (const entry of page.entries) {
      if (covered.from <= entry.seq && entry.seq <= covered.to) {
        this.put(entry);
      }
    }
    const touching = this.segments.filter(
      (segment) => segment.from <= covered.to + 1 && segment.to >= covered.from - 1,
    );
    const merged = touching.reduce(joinSegments, covered);
    const apart = this.segments.filter((segment) => !touching.includes(segment));
    this.segments = [...apart, merged].sort((left, right) => left.from - right.from);
  }

  /** Forgets all but the last `keep` entries of the live segment, and as many around the place of a reader who will come back to it. */
  trim(keep: number, place: number | null = null): void {
    const live = this.live;
    if (live === undefined) {
      return;
    }
    const kept = lastOf(live, keep);
    const read = place === null || place >= kept.from ? undefined : this.segmentAt(place);
    const around = read && stretchAround(read, place ?? 0, keep);
    if (around === undefined) {
      this.segments = [kept];
    } else {
      const touching = around.to >= kept.from - 1;
      this.segments = touching ? [joinSegments(around, kept)] : [around, kept];
    }
    this.entries.keepOnly(this.segments);
  }

  private extendTo(seq: number): Appended {
    const live = this.live;
    if (live !== undefined && seq <= live.to) {
      return 'known';
    }
    if (live !== undefined && seq === live.to + 1) {
      live.to = seq;
      return 'appended';
    }
    this.segments.push({ from: seq, to: seq, seqs: [] });
    return live === undefined ? 'appended' : 'after-hole';
  }

  private put(entry: LogEntry): void {
    this.entries.put(entry);
    if (entry.type === 'message' && entry.userId === this.ownUserId && entry.clientId) {
      this.ownClientIds.add(entry.clientId);
    }
  }
}
