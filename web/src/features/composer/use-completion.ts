import { computed, type Ref, ref } from 'vue';
import type { Proposal, Vocabulary } from './completion';
import { replaceText } from './replace-text';
import { useTypingTools } from './use-typing-tools';

interface CompletionOptions {
  field: Readonly<Ref<HTMLTextAreaElement | null>>;
  text: Ref<string>;
  vocabulary: () => Vocabulary;
}

/** Nothing is chosen before somebody chooses it: what is typed is what Enter sends. */
const NONE = -1;

/** The list of what could be meant by the word that is being typed, and how keys choose from it. */
export function useCompletion({ field, text, vocabulary }: CompletionOptions) {
  const tools = useTypingTools();
  /** Where the caret stands while somebody types; null when nothing is proposed whatever stands there. */
  const caret = ref<number | null>(null);
  const active = ref(NONE);
  const completion = computed(() =>
    caret.value === null || tools.value === undefined
      ? null
      : tools.value.completionAt(text.value, caret.value, vocabulary()),
  );
  const proposals = computed(() => completion.value?.proposals ?? []);

  /** Something was typed. */
  function follow(): void {
    caret.value = field.value?.selectionEnd ?? null;
    active.value = NONE;
  }

  function close(): void {
    caret.value = null;
    active.value = NONE;
  }

  function take(proposal: Proposal | undefined): void {
    const { start } = completion.value ?? {};
    const end = caret.value;
    if (proposal === undefined || start === undefined || end === null || field.value === null) {
      return;
    }
    const spaceFollows = /^\s/u.test(text.value.slice(end));
    replaceText(field.value, {
      start,
      end,
      text: spaceFollows ? proposal.text.trimEnd() : proposal.text,
    });
    close();
  }

  /** Tells whether the key was meant for the list. */
  function onKey(key: string): boolean {
    const count = proposals.value.length;
    if (count === 0) {
      return false;
    }
    const chosen = proposals.value[active.value];
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        active.value = key === 'ArrowDown' ? (active.value + 1) % count : previous(count);
        return true;
      case 'Tab':
        take(chosen ?? proposals.value[0]);
        return true;
      case 'Enter':
        take(chosen);
        return chosen !== undefined;
      case 'Escape':
        close();
        return true;
      default:
        return false;
    }
  }

  function previous(count: number): number {
    return active.value <= 0 ? count - 1 : active.value - 1;
  }

  return { completion, proposals, active, follow, close, take, onKey };
}
