import type { LogEvent } from '@/api/generated/protocol';

export type MessageEvent = Extract<LogEvent, { type: 'message' }>;

/**
 * A stretch of a room's log in which no message is missing: `from` to `to`, both included.
 * A stretch that covers nothing yet has `to === from - 1`.
 */
export interface Segment {
  readonly from: number;
  to: number;
  /** In the order of `seq`, each once. Only the live segment grows in place. */
  readonly events: LogEvent[];
}

export type Appended = 'appended' | 'known' | 'after-hole';

/**
 * What this client knows of one room's log: segments in order, never touching each other. The last one is live: it
 * grows with each event. A page around an old message starts a segment of its own, until the pages between join them.
 */
export class RoomLog {
  private segments: Segment[] = [];
  private readonly ownClientIds = new Set<string>();

  constructor(private readonly ownUserId: number) {}

  get live(): Segment | undefined {
    return this.segments.at(-1);
  }

  /** The segment that covers `seq`. */
  segmentAt(seq: number): Segment | undefined {
    return this.segments.find((segment) => segment.from <= seq && seq <= segment.to);
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
    const live = this.live;
    if (live !== undefined && event.seq <= live.to) {
      return 'known';
    }
    this.note([event]);
    if (live !== undefined && event.seq === live.to + 1) {
      live.events.push(event);
      live.to = event.seq;
      return 'appended';
    }
    this.segments.push({ from: event.seq, to: event.seq, events: [event] });
    return live === undefined ? 'appended' : 'after-hole';
  }

  /** Takes a page, and joins every segment that it touches or overlaps with it. */
  cover(page: Segment): void {
    this.note(page.events);
    const touching = this.segments.filter(
      (segment) => segment.from <= page.to + 1 && segment.to >= page.from - 1,
    );
    const merged = touching.reduce(joinSegments, withinRange(page));
    const apart = this.segments.filter((segment) => !touching.includes(segment));
    this.segments = [...apart, merged].sort((left, right) => left.from - right.from);
  }

  /** Forgets all but the last `keep` events of the live segment. */
  trim(keep: number): void {
    const live = this.live;
    if (live === undefined) {
      return;
    }
    const first = live.events.at(-keep);
    const kept = live.events.length > keep && first !== undefined;
    this.segments = [
      kept ? { from: first.seq, to: live.to, events: live.events.slice(-keep) } : live,
    ];
  }

  private note(events: readonly LogEvent[]): void {
    for (const event of events) {
      if (event.type === 'message' && event.userId === this.ownUserId && event.clientId) {
        this.ownClientIds.add(event.clientId);
      }
    }
  }
}

/** A server may tell more events than the page covers; those beyond it would claim a stretch that is not complete. */
function withinRange(page: Segment): Segment {
  const events = page.events.filter((event) => page.from <= event.seq && event.seq <= page.to);
  return { ...page, events: mergeEvents(events, []) };
}

function joinSegments(left: Segment, right: Segment): Segment {
  return {
    from: Math.min(left.from, right.from),
    to: Math.max(left.to, right.to),
    events: mergeEvents(left.events, right.events),
  };
}

/** Two lists in the order of `seq` into one, each event once, in linear time. */
export function mergeEvents(left: readonly LogEvent[], right: readonly LogEvent[]): LogEvent[] {
  const merged: LogEvent[] = [];
  let leftIndex = 0;
  let rightIndex = 0;
  for (;;) {
    const a = left[leftIndex];
    const b = right[rightIndex];
    if (a === undefined && b === undefined) {
      return merged;
    }
    const takeLeft = b === undefined || (a !== undefined && a.seq <= b.seq);
    const next = (takeLeft ? a : b) as LogEvent;
    if (takeLeft) {
      leftIndex += 1;
    } else {
      rightIndex += 1;
    }
    if (merged.at(-1)?.seq !== next.seq) {
      merged.push(next);
    }
  }
}
