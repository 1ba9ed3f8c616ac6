import type { LogEvent } from '@/api/generated/protocol';
import { PeopleTable } from '@/features/people/people-table';
import { type Appended, RoomLog } from '../log';
import type { MessagePatch } from '../message-patch';
import { changeOf, isEntry } from '../message-state';
import type { Row } from '../rows';
import type { CoveredPage } from '../segment';
import { RoomTimeline, type TimelineView } from '../timeline';
import { OWN_USER_ID } from './log-events';

export const LIVE: TimelineView = {
  around: null,
  unreadAfter: null,
  unconfirmed: [],
  hints: [],
  threadNews: [],
  isBlocked: () => false,
};

interface Stretch {
  from: number;
  to: number;
  events: readonly LogEvent[];
}

export function covered({ from, to, events }: Stretch): CoveredPage {
  return { from, to, entries: events.map(changeOf).filter(isEntry) };
}

/** A log with one view of it, which learns names from what is put into it. */
export class TestTimeline {
  readonly room = new RoomLog(OWN_USER_ID);
  readonly people = new PeopleTable();
  private readonly timeline = new RoomTimeline(this.room, {
    ownUserId: OWN_USER_ID,
    names: this.people,
  });
  readonly log = {
    append: (event: LogEvent): Appended => {
      this.people.noteAuthor(event, event.at);
      return this.room.append(event);
    },
    patch: (patch: MessagePatch): Appended => this.room.patch(patch),
    cover: (stretch: Stretch): void => {
      for (const event of stretch.events) {
        this.people.noteAuthor(event, event.at);
      }
      this.room.cover(covered(stretch));
    },
  };

  rows(view: TimelineView): readonly Row[] {
    return this.timeline.rows(view);
  }
}
