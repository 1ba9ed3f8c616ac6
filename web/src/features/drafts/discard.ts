import { type DraftKey, eraseDraft, readDraft, writeDraft } from '@/features/composer/drafts';
import { problems } from '@/features/problems/problems';
import { t } from '@/locales/late';

/** Throws a draft away; whoever did not mean that has it back for a moment. */
export function discard(key: DraftKey): void {
  const text = readDraft(key);
  eraseDraft(key, text);
  const action = { label: t('drafts.undo'), run: () => writeDraft(key, text) };
  problems.show({ text: t('drafts.discarded'), action });
}
