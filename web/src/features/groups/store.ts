import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
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
  let askedBy: number | undefined;

  /** What is known; what is older than a minute is asked for again. */
  function known(): readonly UserGroup[] {
    const user = session.user?.userId;
    if (askedBy !== user || Date.now() - askedAt > FRESH_MS) {
      askedAt = Date.now();
      askedBy = user;
      void refresh();
    }
    return all.value;
  }

  /** Asks now. Without an answer, what was known stays. */
  async function refresh(): Promise<void> {
    const answer = await session.ask(fetchGroups).catch(() => undefined);
    if (answer !== undefined) {
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

  return { known, refresh, isFresh, isMine };
});
