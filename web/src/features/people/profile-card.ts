import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

interface Shown {
  userId: number;
  /** What was pressed. */
  anchor: Element;
}

/** Whose card stands beside a name, if any. */
export const useProfileCard = defineStore('profileCard', () => {
  const shown = shallowRef<Shown | null>(null);

  function show(userId: number, { currentTarget }: Event): void {
    shown.value = { userId, anchor: currentTarget as Element };
  }

  /** Closes the one that is meant: another may stand in its place by now. */
  function close(meant: Shown | null = shown.value): void {
    if (shown.value === meant) {
      shown.value = null;
    }
  }

  return { shown, show, close };
});
