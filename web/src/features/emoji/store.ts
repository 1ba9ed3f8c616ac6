import { defineStore } from 'pinia';
import { flag } from '@/storage/settings';

/** Whether this browser makes emoji of what is typed; it does unless somebody has said no. */
export const useEmoji = defineStore('emoji', () => ({
  enabled: flag('chinwag.emoji', true),
}));
