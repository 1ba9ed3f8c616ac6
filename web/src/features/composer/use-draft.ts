import { type Ref, ref, watch } from 'vue';
import { readDraft, writeDraft } from './drafts';

/** The text being written in a room: kept as it is typed, and taken up again when the room is. */
export function useDraft(userId: () => number, room: () => string): Ref<string> {
  const text = ref('');
  const key = () => ({ userId: userId(), room: room() });

  watch(
    [userId, room],
    () => {
      text.value = readDraft(key());
    },
    { immediate: true, flush: 'sync' },
  );
  watch(text, (written) => writeDraft(key(), written), { flush: 'sync' });

  return text;
}
