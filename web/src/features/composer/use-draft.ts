import { onScopeDispose, type Ref, ref, watch } from 'vue';
import {
  type DraftKey,
  eraseDraft,
  isErasureOfOther,
  readDraft,
  showDraftIn,
  writeDraft,
} from './drafts';

/** The text being written in a room: taken up where it was left, and kept as it is typed. */
export function useDraft(key: DraftKey): Ref<string> {
  const text = ref(readDraft(key));
  watch(
    text,
    (written, before) => {
      if (written === '') {
        eraseDraft(key, before);
      } else {
        writeDraft(key, written);
      }
    },
    { flush: 'sync' },
  );

  onScopeDispose(showDraftIn(key, text));

  // There is one place for all tabs: what another one writes and sends leaves none of what is being written here.
  const putBack = (event: StorageEvent) => {
    if (text.value !== '' && isErasureOfOther(event, key, text.value)) {
      writeDraft(key, text.value);
    }
  };
  window.addEventListener('storage', putBack);
  onScopeDispose(() => window.removeEventListener('storage', putBack));
  return text;
}
