import { DayClock } from '@/features/clock/day-clock';
import { subjectOf } from '@/features/people/subject';
import { isInRoom, type LogEntry, type MessageState, type RoomEvent } from './message-state';
import type {
  MembershipPart,
  MembershipRow,
  MessageRow,
  Notice,
  Row,
  SanctionType,
  UnconfirmedMessage,
} from './rows';

export const GROUP_SPAN_MS = 5 * 60_000;

type MembershipEvent = Extract<
  RoomEvent,
  { type: 'memberJoined' | 'memberAdded' | 'memberLeft' | 'memberRemoved' }
>;

type SanctionEvent = Extract<RoomEvent, { type: SanctionType }>;

/** Everybody's name as it is now. */
export interface Names {
  nameOf(userId: number): string | undefined;
  /** Another one after each renaming. */
  readonly version: number;
}

export interface RowContext {
  ownUserId: number;
  names: Names;
  /** The line "new messages" stands before the first message of others above this `seq`. */
  unreadAfter: number | null;
  /** Whether something may stand before the first entry that nobody knows of. */
  cut: boolean;
  /** Whether it is a thread that is shown, and not the room. */
  inThread?: boolean;
}

interface Fold {
  row: MembershipRow;
  /** Who is in it already, and on which side. */
  told: Set<string>;
}

interface Group {
  userId: number;
  startedAt: number;
}

/**
 * Folds log entries into rows, one after the other. Everything that a row depends on lies before it, so that a new
 * entry costs the same whether ten or ten thousand rows are there; and a message that changes changes its own row alone.
 */
export class RowBuilder {
  readonly rows: Row[] = [];
  private readonly days = new DayClock();
  private group: Group | null = null;
  private fold: Fold | null = null;
  private unreadPlaced = false;
  /** Where the row of each message stands. */
  private readonly places = new Map<number, number>();
  /** The names that stand in the rows. */
  private readonly named = new Map<number, string>();

  constructor(private readonly context: RowContext) {}

  /** Whether everybody in the rows is still called so. */
  get namesHold(): boolean {
    const { names } = this.context;
    return [...this.named].every(([userId, name]) => (names.nameOf(userId) ?? name) === name);
  }

  /** Shows a message as it is now. */
  replace(message: MessageState): void {
    const place = this.places.get(message.seq);
    const row = place === undefined ? undefined : this.rows[place];
    if (place !== undefined && row?.kind === 'message') {
      this.rows[place] = { ...row, ...this.changeable(message) };
    }
  }

  append(event: LogEntry): void {
    switch (event.type) {
      case 'message':
        this.message(event);
        return;
      case 'memberJoined':
      case 'memberAdded':
        this.membership(event, 'memberJoined');
        return;
      case 'memberLeft':
        this.membership(event, 'memberLeft');
        return;
      case 'memberRemoved':
        if (event.reason === undefined) {
          this.membership(event, 'memberLeft');
        } else {
          this.sanction(event, { reason: event.reason });
        }
        return;
      case 'roleChanged':
        this.notice(event, {
          type: 'roleChanged',
          name: this.nameOf(event),
          subject: this.nameOf(event.subject),
          role: event.role,
        });
        return;
      case 'memberBanned':
      case 'memberMuted':
        this.sanction(event, { until: event.until, reason: event.reason });
        return;
      case 'memberUnbanned':
      case 'memberUnmuted':
        this.notice(event, {
          type: event.type,
          name: this.nameOf(event),
          subject: this.nameOf(event.subject),
        });
        return;
      case 'memberRenamed':
        this.notice(event, {
          type: 'renamed',
          oldName: event.oldName,
          name: subjectOf(event).name,
        });
        return;
      case 'roomCreated':
        // Only a conversation has no title: somebody wrote to somebody, and nobody thinks of a room.
        if (event.title !== '') {
          this.notice(event, { type: event.type, name: this.nameOf(event) });
        }
        return;
      case 'roomDeleted':
        this.notice(event, { type: event.type, name: this.nameOf(event) });
        return;
      case 'roomUpdated':
        this.notice(event, { type: event.type, name: this.nameOf(event), title: event.title });
        return;
    }
  }

  /** The rows of messages on their way, continued from here without becoming part of this builder. */
  unconfirmed(messages: readonly UnconfirmedMessage[]): Row[] {
    const tail = new RowBuilder(this.context);
    tail.days.continueFrom(this.days);
    tail.group = this.group;
    tail.unreadPlaced = true;
    const userId = this.context.ownUserId;
    for (const { also: _, ...message } of messages) {
      tail.day(message.at, message.clientId);
      tail.rows.push({
        ...message,
        kind: 'message',
        key: ownKey(message.clientId),
        seq: null,
        userId,
        name: '',
        messageKind: 'text',
        attachments: [],
        edited: false,
        deleted: false,
        threadInfo: null,
        reactions: [],
        pinned: false,
        own: true,
        head: tail.startsGroup(userId, message.at),
      });
    }
    return tail.rows;
  }

  private message(message: MessageState): void {
    if (!this.context.inThread && !isInRoom(message)) {
      return;
    }
    const own = message.userId === this.context.ownUserId;
    this.unread(message.seq, own);
    this.day(message.at, message.seq);
    const row: MessageRow = {
      kind: 'message',
      key: own && message.clientId ? ownKey(message.clientId) : `m${message.seq}`,
      seq: message.seq,
      clientId: message.clientId ?? null,
      userId: message.userId,
      name: this.nameOf(message),
      messageKind: message.kind,
      replyTo: message.replyTo,
      // Within its thread that is said of nothing.
      thread: this.context.inThread ? null : message.thread,
      ...this.changeable(message),
      files: [],
      at: message.at,
      own,
      head: this.startsGroup(message.userId, message.at),
      delivery: 'sent',
      problem: null,
    };
    this.places.set(message.seq, this.rows.length);
    this.rows.push(row);
    if (message.kind === 'action') {
      this.group = null;
    }
  }

  private membership(event: MembershipEvent, type: MembershipPart['type']): void {
    if (this.context.cut && this.rows.length === 0) {
      // More of the same may stand before it: a line of these alone would understate.
      return;
    }
    this.day(event.at, event.seq);
    this.group = null;
    let fold = this.fold;
    if (fold !== null && this.rows.at(-1) === fold.row) {
      this.rows.pop();
    } else {
      fold = {
        row: { kind: 'membership', key: `s${event.seq}`, seq: event.seq, parts: [] },
        told: new Set(),
      };
    }
    const { userId, name } = subjectOf(event);
    const change = `${type} ${userId}`;
    if (!fold.told.has(change)) {
      fold.told.add(change);
      partOf(fold.row, type).people.push({ userId, name: this.nameOf({ userId, name }) });
    }
    // A new object tells the view that the row has changed; its lists are shared, or a long run would cost its square.
    fold.row = { ...fold.row };
    this.fold = fold;
    this.rows.push(fold.row);
  }

  private sanction(event: SanctionEvent, why: { until?: number; reason?: string }): void {
    this.notice(event, {
      type: event.type,
      name: this.nameOf(event),
      subject: this.nameOf(event.subject),
      ...why,
    });
  }

  private notice(event: RoomEvent, notice: Notice): void {
    this.day(event.at, event.seq);
    this.group = null;
    this.rows.push({ kind: 'notice', key: `s${event.seq}`, seq: event.seq, notice });
  }

  private day(at: number, id: number | string): void {
    if (this.days.entersNewDay(at)) {
      this.rows.push({ kind: 'day', key: `d${id}`, at });
      this.group = null;
    }
  }

  private unread(seq: number, own: boolean): void {
    const { unreadAfter } = this.context;
    if (this.unreadPlaced || own || unreadAfter === null || seq <= unreadAfter) {
      return;
    }
    this.unreadPlaced = true;
    this.group = null;
    this.rows.push({ kind: 'unread', key: 'unread' });
  }

  private startsGroup(userId: number, at: number): boolean {
    const group = this.group;
    if (group !== null && group.userId === userId && at - group.startedAt < GROUP_SPAN_MS) {
      return false;
    }
    this.group = { userId, startedAt: at };
    return true;
  }

  /** What a patch can change in a row. Its place, its author and what stands around it stay. */
  private changeable(message: MessageState) {
    const { text, attachments, editedAt, deleted, reactions, pinned } = message;
    const threadInfo = this.context.inThread ? null : message.threadInfo;
    const edited = editedAt !== null;
    return { text, attachments, edited, deleted, reactions, pinned, threadInfo };
  }

  private nameOf(person: { userId: number; name: string }): string {
    const name = this.context.names.nameOf(person.userId) ?? person.name;
    this.named.set(person.userId, name);
    return name;
  }
}

function partOf(row: MembershipRow, type: MembershipPart['type']): MembershipPart {
  let part = row.parts.find((known) => known.type === type);
  if (part === undefined) {
    part = { type, people: [] };
    row.parts.push(part);
  }
  return part;
}

/** The row of an own message keeps its key when the server's event takes the place of the pending one. */
function ownKey(clientId: string): string {
  return `c${clientId}`;
}
