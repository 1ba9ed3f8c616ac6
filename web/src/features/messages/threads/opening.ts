import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** The thread that is to stand beside the conversation: the menu wants it, the conversation opens it. */
export const useThreadOpening = defineStore('threadOpening', () => ({
  wanted: shallowRef<number | null>(null),
}));

/** How an address names a thread, and perhaps one of its replies. */
export function threadPane(root: number, seq?: number): string {
  return `thread/${root}${seq === undefined ? '' : `/${seq}`}`;
}
