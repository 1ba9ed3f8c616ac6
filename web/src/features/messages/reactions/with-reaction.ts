import type { Reaction } from '@/api/generated/protocol';

/** Somebody who reacts with an emoji, or takes that back. */
export interface Reacting {
  userId: number;
  emoji: string;
  reacting: boolean;
}

/** Reactions after another one; the same list when nothing changes. Of many people behind an emoji only the first are known. */
export function withReaction(
  reactions: readonly Reaction[],
  { userId, emoji, reacting }: Reacting,
): readonly Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji);
  if (before === undefined) {
    return reacting ? [...reactions, { emoji, count: 1, users: [userId] }] : reactions;
  }
  const isKnown = before.users.includes(userId);
  if (isKnown === reacting && (reacting || before.count === before.users.length)) {
    return reactions;
  }
  const users = reacting
    ? [...before.users, userId]
    : before.users.filter((other) => other !== userId);
  const after = { emoji, count: before.count + (reacting ? 1 : -1), users };
  return reactions
    .map((reaction) => (reaction === before ? after : reaction))
    .filter((reaction) => reaction.count > 0);
}
