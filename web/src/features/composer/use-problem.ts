import { defineStore } from 'pinia';
import { computed, reactive, type WritableComputedRef } from 'vue';
import type { DraftKey } from './drafts';

/** By person and room. */
const useProblems = defineStore('composerProblems', () => ({
  problems: reactive(new Map<string, string>()),
}));

/**
 * Why what stands in the composer was not taken; `null` if nothing is wrong with it. Like the draft that it is about, it is
 * still there after a look into another room.
 */
export function useProblem({
  userId,
  room,
  thread = null,
}: DraftKey): WritableComputedRef<string | null> {
  const { problems } = useProblems();
  const key = `${userId}:${room}:${thread ?? ''}`;
  return computed({
    get: () => problems.get(key) ?? null,
    set: (problem) => {
      if (problem === null) {
        problems.delete(key);
      } else {
        problems.set(key, problem);
      }
    },
  });
}
