import type { Plugin } from 'vite';

/** A plugin of Vite that knows `virtual:emoji-data`. */
export function emojiData(): Plugin;
