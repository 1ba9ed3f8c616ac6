import type { LogEvent } from '@/api/generated/protocol';
import { type Hint, withHints } from './hints';
import { RoomLog, type Segment } from './log';
import { NameIndex } from './names';
import { RowBuilder } from './row-builder';
import type { EdgeRow, Row, UnconfirmedMessage } from './rows';

export interface TimelineView {
  /** The segment on show: the one around this message, or the live one. */
  around: number | null;
  unreadAfter: number | null;
  unconfirmed: readonly UnconfirmedMessage[];
  hints: readonly Hint[];
}

interface Built {
  segment: Segment;
  builder: RowBuilder;
  eventCount: number;
  unreadAfter: number | null;
}

/** One room's log with the rows made of it. Rows of a growing live segment are continued, not made anew. */
export class RoomTimeline {
  readonly log: RoomLog;
  private readonly names = new NameIndex();
  private namesVersion = 0;
  private built: Built | null = null;

  constructor(private readonly ownUserId: number) {
    this.log = new RoomLog(ownUserId);
  }

  /** The segment that a view shows; the live one when what it asks for is not loaded. */
  segmentOf(view: Pick<TimelineView, 'around'>): Segment | undefined {
    const around = view.around === null ? undefined : this.log.segmentAt(view.around);
    return around ?? this.log.live;
  }

  rows(view: TimelineView): readonly Row[] {
    const unconfirmed = view.unconfirmed.filter((message) => !this.log.hasOwn(message.clientId));
    const segment = this.segmentOf(view);
    if (segment === undefined) {
      return [edge('older'), ...this.newBuilder(null).unconfirmed(unconfirmed)];
    }
    const builder = this.build(segment, view.unreadAfter);
    const rows = [edge(segment.from > 1 ? 'older' : 'beginning'), ...builder.rows];
    if (segment !== this.log.live) {
      return [...rows, edge('newer')];
    }
    return [...withHints(rows, view.hints), ...builder.unconfirmed(unconfirmed)];
  }

  private build(segment: Segment, unreadAfter: number | null): RowBuilder {
    for (const event of this.unseen(segment)) {
      this.names.note(event);
    }
    const built = this.built;
    const reusable =
      built !== null &&
      built.segment === segment &&
      built.unreadAfter === unreadAfter &&
      this.namesVersion === this.names.version;
    const builder = reusable ? built.builder : this.newBuilder(unreadAfter);
    for (let index = reusable ? built.eventCount : 0; index < segment.events.length; index += 1) {
      const event = segment.events[index];
      if (event !== undefined) {
        builder.append(event);
      }
    }
    this.namesVersion = this.names.version;
    this.built = { segment, builder, eventCount: segment.events.length, unreadAfter };
    return builder;
  }

  private newBuilder(unreadAfter: number | null): RowBuilder {
    return new RowBuilder({ ownUserId: this.ownUserId, names: this.names, unreadAfter });
  }

  private unseen(segment: Segment): readonly LogEvent[] {
    return this.built?.segment === segment
      ? segment.events.slice(this.built.eventCount)
      : segment.events;
  }
}

function edge(kind: EdgeRow['kind']): EdgeRow {
  return { kind, key: kind };
}
