import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useSession } from '@/features/session/store';
import { readStored, writeStored } from '@/storage/local';
import { ownName } from '@/storage/own-name';

const KEY = 'chinwag.blocked';

interface Kept {
  /** Who blocks them. */
  by: number;
  people: number[];
}

/**
 * Whom this person blocks, as far as the client knows. It is kept in this browser, so that nothing of them is seen before the server has
 * answered, and so that every window of it knows.
 */
export const useBlocked = defineStore('blocked', () => {
  const session = useSession();
  const kept = shallowRef(readStored<Kept>(KEY));
  const people = computed(
    (): ReadonlySet<number> =>
      new Set(kept.value?.by === session.user?.userId ? kept.value?.people : []),
  );

  window.addEventListener('storage', ({ key }) => {
    if (key === ownName(KEY) || key === null) {
      kept.value = readStored<Kept>(KEY);
    }
  });

  /** Takes what the server says. */
  function apply(blocked: Iterable<number>): void {
    if (session.user !== null) {
      kept.value = { by: session.user.userId, people: [...blocked] };
      writeStored(KEY, kept.value);
    }
  }

  return { has: (userId: number) => people.value.has(userId), people, apply };
});
