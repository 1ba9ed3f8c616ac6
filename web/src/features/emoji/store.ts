import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { readStored, writeStored } from '@/storage/local';

const KEY = 'chinwag.emoji';

/** Whether this browser makes emoji of what is typed; it does unless somebody has said no. */
export const useEmoji = defineStore('emoji', () => {
  const enabled = ref(readStored<boolean>(KEY) !== false);

  watch(enabled, (next) => writeStored(KEY, next ? undefined : false));

  return { enabled };
});
