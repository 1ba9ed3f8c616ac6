import type {
  Attachment,
  MessageKind,
  Reaction,
  RoomRole,
  ThreadInfo,
} from '@/api/generated/protocol';
import type { OutgoingFile } from '@/features/files/tray';

/** What the message list shows, from top to bottom. Keys are stable: a row keeps its key while its message lives. */
export type Row =
  | MessageRow
  | MembershipRow
  | NoticeRow
  | HintRow
  | ThreadNewsRow
  | DayRow
  | UnreadRow
  | EdgeRow;

export type Delivery = 'sent' | 'pending' | 'failed';

export interface MessageRow {
  kind: 'message';
  key: string;
  /** Null until the server has stored it. */
  seq: number | null;
  clientId: string | null;
  userId: number;
  name: string;
  text: string;
  /** The files that came with it, and those that are not with the server yet. */
  attachments: readonly Attachment[];
  files: readonly OutgoingFile[];
  /** An action is what the author says to be doing ("waves"). */
  messageKind: MessageKind;
  /** The `seq` of the message that it answers. */
  replyTo: number | null;
  /** The `seq` of the message under which it is said. */
  thread: number | null;
  /** What is said under it. */
  threadInfo: ThreadInfo | null;
  edited: boolean;
  /** The row stays where the message stood; its text is gone. */
  deleted: boolean;
  reactions: readonly Reaction[];
  pinned: boolean;
  at: number;
  own: boolean;
  /** The first of its group: it shows name, avatar and time for the whole group. */
  head: boolean;
  delivery: Delivery;
  /** Why it was not sent, in words for people. */
  problem: string | null;
}

export interface Person {
  userId: number;
  name: string;
}

export interface MembershipPart {
  type: 'memberJoined' | 'memberLeft';
  people: Person[];
}

/** Joining and leaving, folded: each person once on each side, the side that came first in front. */
export interface MembershipRow {
  kind: 'membership';
  key: string;
  /** Where it begins. */
  seq: number;
  parts: MembershipPart[];
}

/** What somebody who keeps order in a room does to another one. */
export type SanctionType = 'memberRemoved' | 'memberBanned' | 'memberMuted';

/** How that ends. */
export type ReliefType = 'memberUnbanned' | 'memberUnmuted';

export type Notice =
  | { type: 'renamed'; oldName: string; name: string }
  | { type: 'roleChanged'; name: string; subject: string; role: RoomRole }
  | { type: SanctionType; name: string; subject: string; until?: number; reason?: string }
  | { type: ReliefType; name: string; subject: string }
  | { type: 'roomCreated'; name: string }
  | { type: 'roomUpdated'; name: string; title: string }
  | { type: 'roomDeleted'; name: string };

export interface NoticeRow {
  kind: 'notice';
  key: string;
  seq: number;
  notice: Notice;
}

/** Something that the server told this person alone. */
export interface HintRow {
  kind: 'hint';
  key: string;
  id: number;
  text: string;
}

/** What is new in a thread that this person follows, where the newest of it was said. */
export interface ThreadNewsRow {
  kind: 'thread-news';
  key: string;
  /** The `seq` of the message under which it is said. */
  root: number;
  /** How many replies of others are new. */
  unread: number;
  /** Who wrote the newest of them. */
  newest: Person;
  /** How many others wrote some of them. */
  others: number;
  /** What the message says under which it is said; empty where it is not loaded, or somebody wrote it whom this person blocks. */
  about: string;
}

export interface DayRow {
  kind: 'day';
  key: string;
  at: number;
}

export interface UnreadRow {
  kind: 'unread';
  key: 'unread';
}

/** `older` and `newer` stand where more messages wait to be loaded, `beginning` where the room begins. */
export interface EdgeRow {
  kind: 'older' | 'newer' | 'beginning';
  key: 'older' | 'newer' | 'beginning';
}

/** A message of this person that the server has not told back yet. */
export interface UnconfirmedMessage {
  clientId: string;
  text: string;
  files: readonly OutgoingFile[];
  replyTo: number | null;
  thread: number | null;
  also: boolean;
  at: number;
  delivery: Delivery;
  problem: string | null;
}
