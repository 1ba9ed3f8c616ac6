import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Reaction } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import type { MessageRow } from '../rows';
import { noteReaction } from './usual';
import { wishes, wishesKey } from './wishes';
import { withReaction } from './with-reaction';

/** How long one's own wish is shown after the server has taken it. The event that tells of it comes sooner. */
const SHOWN_MS = 2_000;

/** A message that the server has. */
export type StoredMessage = Pick<MessageRow, 'seq' | 'reactions'>;

/** Reactions as this person sees them: what one has just pressed is shown before the server tells it. */
export const useReactions = defineStore('reactions', () => {
  const connection = useConnection();
  const session = useSession();
  const ownId = computed(() => session.user?.userId ?? 0);

  function shown(room: number, { seq, reactions }: StoredMessage): readonly Reaction[] {
    let all = reactions;
    for (const [emoji, reacting] of wishes.get(wishesKey(room, seq)) ?? []) {
      all = withReaction(all, { userId: ownId.value, emoji, reacting });
    }
    return all;
  }

  /** The emoji with which this person reacted. */
  function own(room: number, message: StoredMessage): string[] {
    return shown(room, message).flatMap(({ emoji, users }) =>
      users.includes(ownId.value) ? emoji : [],
    );
  }

  /** Reacts with an emoji, or takes that back. */
  function toggle(room: number, message: StoredMessage, emoji: string): Promise<void> {
    return set(room, message.seq, emoji, !own(room, message).includes(emoji));
  }

  /** Why it was refused is told beside the conversation. */
  async function set(
    room: number,
    target: number | null,
    emoji: string,
    reacting: boolean,
  ): Promise<void> {
    if (target === null) {
      return;
    }
    const key = wishesKey(room, target);
    wishes.set(key, new Map(wishes.get(key)).set(emoji, reacting));
    if (reacting) {
      noteReaction(emoji);
    }
    try {
      await connection.request({ type: reacting ? 'react' : 'unreact', room, target, emoji });
      window.setTimeout(() => forget(key, emoji, reacting), SHOWN_MS);
    } catch (error) {
      forget(key, emoji, reacting);
      const { tellProblem } = await import('@/features/problems/problems');
      tellProblem(error);
    }
  }

  /** Unless one has wished something else since. */
  function forget(key: string, emoji: string, reacting: boolean): void {
    const left = new Map(wishes.get(key));
    if (left.get(emoji) === reacting && left.delete(emoji)) {
      wishes.set(key, left);
    }
    if (left.size === 0) {
      wishes.delete(key);
    }
  }

  return { ownId, shown, own, toggle, set };
});
