import { defineStore } from 'pinia';
import { shallowReactive, shallowRef } from 'vue';

/** Which message one is about to answer in each room: the menu begins it, the composer sends it. */
export const useReplying = defineStore('replying', () => {
  const targets = shallowReactive(new Map<number, number>());
  /** What was begun here last: whoever does that goes on by writing. */
  const begun = shallowRef<{ room: number }>();

  function end(room: number): void {
    targets.delete(room);
  }

  /** As it is on another device of the same person, which is no reason to write here. */
  function follow(room: number, seq: number | null): void {
    if (seq === null) {
      end(room);
    } else {
      targets.set(room, seq);
    }
  }

  function begin(room: number, seq: number): void {
    targets.set(room, seq);
    begun.value = { room };
  }

  return {
    begun,
    target: (room: number): number | null => targets.get(room) ?? null,
    begin,
    follow,
    end,
  };
});
