import type {
  Attachment,
  LogEvent,
  MessageBody,
  MessageKind,
  Reaction,
  ThreadInfo,
} from '@/api/generated/protocol';
import type { MessagePatch } from './message-patch';

export type MessageEvent = Extract<LogEvent, { type: 'message' }>;
/** What happened in a room beside its messages. It never changes. */
export type RoomEvent = Exclude<LogEvent, { type: MessageBody['type'] }>;

/** A message as it is now. A change makes a new object, so that whoever holds the old one sees the difference. */
export interface MessageState {
  readonly type: 'message';
  readonly seq: number;
  readonly at: number;
  readonly userId: number;
  /** The author's name when the message was sent. */
  readonly name: string;
  readonly clientId: string;
  readonly kind: MessageKind;
  /** The `seq` of the message that it answers. */
  readonly replyTo: number | null;
  /** The `seq` of the message under which it is said; null for what is said in the room alone. */
  readonly thread: number | null;
  /** Whether what is said in a thread is said in the room as well. */
  readonly also: boolean;
  /** What is said under it. It has a clock of its own: its `asOf`. */
  readonly threadInfo: ThreadInfo | null;
  /** Empty once it is deleted. */
  readonly text: string;
  /** The files that came with it. */
  readonly attachments: readonly Attachment[];
  /** Milliseconds since 1970; null while it is as it was sent. */
  readonly editedAt: number | null;
  readonly deleted: boolean;
  readonly reactions: readonly Reaction[];
  /** Held up for everybody in the room. */
  readonly pinned: boolean;
  /** The `seq` of the newest event that made it what it is; its own while nothing has changed it. */
  readonly changed: number;
}

/** What a room's log holds, by `seq`. */
export type LogEntry = MessageState | RoomEvent;

/** What an event does to a log: it adds an entry, or changes one. */
export type LogChange = LogEntry | MessagePatch;

export function changeOf(event: LogEvent): LogChange {
  const { seq } = event;
  switch (event.type) {
    case 'message':
      return messageOf(event);
    case 'messageEdited': {
      const { target, text, at } = event;
      return { seq, target, change: { type: 'edit', text, at } };
    }
    case 'messageDeleted':
      return { seq, target: event.target, change: { type: 'delete' } };
    case 'messageChanged': {
      const { target, text, edited = null, deleted = false, changed } = event;
      const { attachments = [], reactions = [], pinned = false, threadInfo = null } = event;
      const shown = { text, attachments, editedAt: edited, reactions, pinned };
      const change = { ...shown, deleted, changed, threadInfo };
      return { seq, target, change: { type: 'state', ...change } };
    }
    case 'reactionAdded':
    case 'reactionRemoved': {
      const { target, userId, emoji } = event;
      const reacting = event.type === 'reactionAdded';
      return { seq, target, change: { type: 'react', userId, emoji, reacting } };
    }
    case 'messagePinned':
    case 'messageUnpinned': {
      const pinned = event.type === 'messagePinned';
      return { seq, target: event.target, change: { type: 'pin', pinned } };
    }
    default:
      return event;
  }
}

export function isPatch(change: LogChange): change is MessagePatch {
  return 'target' in change;
}

/** Whether it is one of the messages of the room, and not of a thread alone. */
export function isInRoom({ thread, also }: Pick<MessageState, 'thread' | 'also'>): boolean {
  return thread === null || also;
}

export function isEntry(change: LogChange): change is LogEntry {
  return !isPatch(change);
}

function messageOf(event: MessageEvent): MessageState {
  const { seq, at, userId, name, clientId, kind, text } = event;
  return {
    type: 'message',
    seq,
    at,
    userId,
    name,
    clientId,
    kind,
    replyTo: event.replyTo ?? null,
    thread: event.thread ?? null,
    also: event.also ?? false,
    threadInfo: event.threadInfo ?? null,
    text,
    attachments: event.attachments ?? [],
    editedAt: event.edited ?? null,
    deleted: event.deleted ?? false,
    reactions: event.reactions ?? [],
    pinned: event.pinned ?? false,
    changed: event.changed ?? seq,
  };
}
