import {
  type DraftKey,
  eraseDraft,
  readDraft,
  shownDraft,
  writeDraft,
} from '@/features/composer/drafts';
import { problems } from '@/features/problems/problems';
import { t } from '@/locales/late';

/** Throws a draft away; whoever did not mean that has it back for a moment. */
export function discard(key: DraftKey): void {
  const text = readDraft(key);
  eraseDraft(key, text);
  const run = () => {
    if (readDraft(key).trim() !== '') {
      // What was written there meanwhile stays.
      return;
    }
    const field = shownDraft(key);
    if (field === undefined) {
      writeDraft(key, text);
    } else {
      field.value = text;
    }
  };
  const action = { label: t('drafts.undo'), run };
  problems.show({ text: t('drafts.discarded'), action });
}
