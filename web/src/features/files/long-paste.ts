import { messageLength } from '@/features/composer/message-length';
import { putAtCaret } from '@/features/composer/replace-text';
import { problems } from '@/features/problems/problems';
import { t } from '@/locales/late';

/** Characters of a pasted text that are more than anybody reads in a message. */
const LONG = 4_000;

/** A pasted text that is to be a file, unless its person wants otherwise. */
export interface LongPaste {
  file: File;
  /** Says what came of it, with the way back where the field takes so many characters. */
  tell(mostTyped: number, takeBack: (file: File) => void): void;
}

/** What is pasted into a field as text, and is too long to be read there, or for a message, which takes `limit` characters. */
export function longPaste(event: ClipboardEvent, limit: number): LongPaste | null {
  const field = event.target;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const longest = Math.min(LONG, limit);
  // No string has more characters than code units: most texts need no counting.
  const isLong = text.length > longest && messageLength(text) > longest;
  if (!(field instanceof HTMLTextAreaElement) || !isLong) {
    return null;
  }
  const file = new File([text], t('files.pastedName'), { type: 'text/plain' });
  return {
    file,
    tell: (mostTyped, takeBack) => {
      const run = () => {
        takeBack(file);
        putAtCaret(field, text);
      };
      const fits = field.value.length + text.length <= mostTyped;
      const action = fits ? { label: t('files.pasteAsText'), run } : undefined;
      problems.show({ text: t('files.pasted'), action });
    },
  };
}
