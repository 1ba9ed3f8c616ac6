import type { Attachment, Reaction, ThreadInfo } from '@/api/generated/protocol';
import type { MessageState } from './message-state';
import { type Reacting, withReaction } from './reactions/with-reaction';
import { laterInfo, withReply } from './threads/thread-info';

export type MessageChange =
  | { type: 'edit'; text: string; at: number }
  | { type: 'delete' }
  /** As the message is after several changes that one was away for. */
  | {
      type: 'state';
      text: string;
      attachments: readonly Attachment[];
      editedAt: number | null;
      deleted: boolean;
      reactions: readonly Reaction[];
      pinned: boolean;
      /** The `seq` of the last of them. */
      changed: number;
      threadInfo: ThreadInfo | null;
    }
  /** Somebody said something under it. */
  | { type: 'reply'; at: number; userId: number; name: string }
  /** What is said under it was counted anew. */
  | { type: 'thread'; info: ThreadInfo | null }
  | { type: 'pin'; pinned: boolean }
  | ({ type: 'react' } & Reacting);

/** A log event that changes a message which is in the log already. */
export interface MessagePatch {
  /** Of this event. */
  seq: number;
  /** The `seq` of the message. */
  target: number;
  change: MessageChange;
}

/** The message after the patch; the same object when it has been taken into account before. */
export function patched(message: MessageState, { seq, change }: MessagePatch): MessageState {
  // What is said under a message is no change of the message.
  if (change.type === 'reply') {
    return { ...message, threadInfo: withReply(message.threadInfo, { seq, ...change }) };
  }
  if (change.type === 'thread') {
    return { ...message, threadInfo: change.info };
  }
  return seq <= message.changed
    ? message
    : { ...message, ...changes(message, change), changed: lastOf(seq, change) };
}

type OwnChange = Exclude<MessageChange, { type: 'reply' | 'thread' }>;

function lastOf(seq: number, change: OwnChange): number {
  return change.type === 'state' ? Math.max(seq, change.changed) : seq;
}

function changes(message: MessageState, change: OwnChange): Partial<MessageState> {
  // Nothing brings a deleted message back.
  if (message.deleted) {
    return {};
  }
  switch (change.type) {
    case 'edit':
      return { text: change.text, editedAt: change.at };
    case 'delete':
      return {
        text: '',
        attachments: [],
        editedAt: null,
        deleted: true,
        reactions: [],
        pinned: false,
      };
    case 'state':
      return change.deleted
        ? changes(message, { type: 'delete' })
        : {
            text: change.text,
            attachments: change.attachments,
            editedAt: change.editedAt,
            reactions: change.reactions,
            pinned: change.pinned,
            threadInfo: laterInfo(change.threadInfo, message.threadInfo),
          };
    case 'pin':
      return { pinned: change.pinned };
    case 'react':
      return { reactions: withReaction(message.reactions, change) };
  }
}
