import { type Ref, watch } from 'vue';
import { useOutbox, type WritingPlace } from '@/features/messages/outbox/store';
import { replaceText } from './replace-text';

interface Composer {
  place: WritingPlace;
  field: Readonly<Ref<HTMLTextAreaElement | null>>;
  text: Ref<string>;
  problem: Ref<string | null>;
  isEmpty: () => boolean;
  close: () => void;
}

/** What the server did not take goes back to where it was written, above what was written since. */
export function useReturned({ place, field, text, problem, isEmpty, close }: Composer): void {
  const outbox = useOutbox();

  function takeBack(refused: string, why: string | null): void {
    const empty = isEmpty();
    const given = empty ? refused : `${refused}\n`;
    if (field.value !== null && document.activeElement === field.value) {
      const { selectionStart, selectionEnd } = field.value;
      replaceText(field.value, { start: 0, end: empty ? text.value.length : 0, text: given });
      field.value.setSelectionRange(selectionStart + given.length, selectionEnd + given.length);
      close();
    } else {
      text.value = empty ? refused : given + text.value;
    }
    problem.value = why;
  }

  watch(
    () => outbox.returnedTo(place),
    () => {
      const returned = outbox.takeReturned(place);
      if (returned !== undefined) {
        takeBack(returned.text, returned.message);
      }
    },
    // When the field has what the text has.
    { immediate: true, flush: 'post' },
  );
}
