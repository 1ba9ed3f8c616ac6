import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';

/** Which message one is about to answer in each room: the menu begins it, the composer sends it. */
export const useReplying = defineStore('replying', () => {
  const targets = shallowReactive(new Map<number, number>());

  return {
    target: (room: number): number | null => targets.get(room) ?? null,
    begin: (room: number, seq: number) => void targets.set(room, seq),
    end: (room: number) => void targets.delete(room),
  };
});
