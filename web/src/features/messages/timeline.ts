import { timeZone } from '@/features/clock/zone';
import { type Hint, withHints } from './hints';
import type { RoomLog } from './log';
import type { LogEntry } from './message-state';
import { type Names, RowBuilder, type RowContext } from './row-builder';
import type { EdgeRow, Row, UnconfirmedMessage } from './rows';
import type { Segment } from './segment';
import { type ThreadNews, withThreadNews } from './threads/news';

/** Where in a log one looks, and what stands beside it. */
export interface TimelineView {
  /** The segment on show: the one around this message, or the live one. */
  around: number | null;
  unreadAfter: number | null;
  unconfirmed: readonly UnconfirmedMessage[];
  hints: readonly Hint[];
  /** The followed threads of the room with something new in them. */
  threadNews: readonly ThreadNews[];
  isBlocked: (userId: number) => boolean;
}

interface Built {
  segment: Segment;
  builder: RowBuilder;
  /** What the rows were made of. */
  entries: LogEntry[];
  unreadAfter: number | null;
  namesVersion: number;
  zone: string;
}

/** The rows of one log as one view shows it. Those of a growing live segment are continued, not made anew. */
export class RoomTimeline {
  private built: Built | null = null;

  constructor(
    private readonly log: RoomLog,
    private readonly reader: Pick<RowContext, 'ownUserId' | 'names'>,
  ) {}

  /** The segment that a view shows; the live one when what it asks for is not loaded. */
  segmentOf(view: Pick<TimelineView, 'around'>): Segment | undefined {
    const around = view.around === null ? undefined : this.log.segmentAt(view.around);
    return around ?? this.log.live;
  }

  rows(view: TimelineView): readonly Row[] {
    const unconfirmed = view.unconfirmed.filter((message) => !this.log.hasOwn(message.clientId));
    const segment = this.segmentOf(view);
    if (segment === undefined) {
      return [edge('older'), ...this.newBuilder(null, true).unconfirmed(unconfirmed)];
    }
    const builder = this.build(segment, view.unreadAfter);
    const rows = [edge(segment.from > 1 ? 'older' : 'beginning'), ...builder.rows];
    if (segment !== this.log.live) {
      return [...rows, edge('newer')];
    }
    const withNews = withThreadNews(
      rows,
      view.threadNews,
      this.log.entriesOf(segment),
      view.isBlocked,
    );
    return [...withHints(withNews, view.hints), ...builder.unconfirmed(unconfirmed)];
  }

  private build(segment: Segment, unreadAfter: number | null): RowBuilder {
    const { names } = this.reader;
    const entries = this.log.entriesOf(segment);
    const built = this.reusable(segment, unreadAfter, names);
    const builder = built?.builder ?? this.newBuilder(unreadAfter, segment.from > 1);
    for (const [index, entry] of entries.entries()) {
      const before = built?.entries[index];
      if (before === undefined) {
        builder.append(entry);
      } else if (before !== entry && entry.type === 'message') {
        builder.replace(entry);
      }
    }
    this.built = {
      segment,
      builder,
      entries,
      unreadAfter,
      namesVersion: names.version,
      zone: timeZone(),
    };
    return builder;
  }

  private reusable(segment: Segment, unreadAfter: number | null, names: Names): Built | null {
    const { built } = this;
    // Which days there are depends on where the reader is.
    if (
      built?.segment !== segment ||
      built.unreadAfter !== unreadAfter ||
      built.zone !== timeZone()
    ) {
      return null;
    }
    return built.namesVersion === names.version || built.builder.namesHold ? built : null;
  }

  private newBuilder(unreadAfter: number | null, cut: boolean): RowBuilder {
    return new RowBuilder({ ...this.reader, unreadAfter, cut });
  }
}

function edge(kind: EdgeRow['kind']): EdgeRow {
  return { kind, key: kind };
}
