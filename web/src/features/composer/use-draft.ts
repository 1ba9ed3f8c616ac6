import { type Ref, ref, watch } from 'vue';
import { type DraftKey, readDraft, writeDraft } from './drafts';

/** The text being written in a room: taken up where it was left, and kept as it is typed. */
export function useDraft(key: DraftKey): Ref<string> {
  const text = ref(readDraft(key));
  watch(text, (written) => writeDraft(key, written), { flush: 'sync' });
  return text;
}
