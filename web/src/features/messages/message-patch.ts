import type { MessageState, Reaction } from './message-state';

export type MessageChange =
  | { type: 'edit'; text: string; at: number }
  | { type: 'delete' }
  /** As the message is after several changes that one was away for. */
  | { type: 'state'; text: string; editedAt: number | null; deleted: boolean }
  | { type: 'react'; userId: number; emoji: string; reacting: boolean };

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
  return seq <= message.changed
    ? message
    : { ...message, ...changes(message, change), changed: seq };
}

function changes(message: MessageState, change: MessageChange): Partial<MessageState> {
  // Nothing brings a deleted message back.
  if (message.deleted) {
    return {};
  }
  switch (change.type) {
    case 'edit':
      return { text: change.text, editedAt: change.at };
    case 'delete':
      return { text: '', editedAt: null, deleted: true, reactions: [] };
    case 'state':
      return change.deleted
        ? changes(message, { type: 'delete' })
        : { text: change.text, editedAt: change.editedAt };
    case 'react':
      return { reactions: withReaction(message.reactions, change) };
  }
}

function withReaction(
  reactions: readonly Reaction[],
  { userId, emoji, reacting }: Extract<MessageChange, { type: 'react' }>,
): readonly Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
  if (before.includes(userId) === reacting) {
    return reactions;
  }
  const userIds = reacting ? [...before, userId] : before.filter((other) => other !== userId);
  if (before.length === 0) {
    return [...reactions, { emoji, userIds }];
  }
  return reactions
    .map((reaction) => (reaction.emoji === emoji ? { emoji, userIds } : reaction))
    .filter((reaction) => reaction.userIds.length > 0);
}
