import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { UserGroup } from '@/api/generated/protocol';
import { fetchGroups } from '@/api/groups';
import { useSession } from '@/features/session/store';

/** How long an answer is good, in milliseconds. Groups change seldom, and nobody is told of it. */
const FRESH_MS = 60_000;

/** The groups that can be mentioned. They are asked for when a text or somebody who types has to do with one. */
export const useGroups = defineStore('groups', () => {
  const session = useSession();
  const all = shallowRef<readonly UserGroup[]>([]);
  let askedAt = Number.NEGATIVE_INFINITY;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let answered = Promise.resolve();

  // Another person is in other groups.
  watch(
    () => session.user?.userId,
    () => {
      all.value = [];
      askedAt = Number.NEGATIVE_INFINITY;
      answeredAt = Number.NEGATIVE_INFINITY;
    },
    { flush: 'sync' },
  );

  /** What is known; what is older than a minute is asked for again. */
  function known(): readonly UserGroup[] {
    if (Date.now() - askedAt > FRESH_MS) {
      askedAt = Date.now();
      answered = refresh();
    }
    return all.value;
  }

  /** Resolves when `known` is as good as it can be, with an answer or without. */
  function loaded(): Promise<void> {
    known();
    return answered;
  }

  /** Asks now. Without an answer, what was known stays. */
  async function refresh(): Promise<void> {
    const user = session.user?.userId;
    const answer = await session.ask(fetchGroups).catch(() => undefined);
    if (answer !== undefined && user === session.user?.userId) {
      answeredAt = Date.now();
      all.value = answer.groups;
    }
  }

  /** Whether a group that is not known was not there a moment ago. */
  function isFresh(): boolean {
    return Date.now() - answeredAt <= FRESH_MS;
  }

  /** Whether this person is in a group. */
  function isMine(name: string): boolean {
    return known().some((group) => group.name === name && group.mine);
  }

  return { known, loaded, refresh, isFresh, isMine };
});
