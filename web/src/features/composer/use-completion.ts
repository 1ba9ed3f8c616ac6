import { computed, nextTick, type Ref, ref, watch } from 'vue';
import { useEmoji } from '@/features/emoji';
import { completionAt, type Proposal } from './completion';

interface CompletionOptions {
  field: Readonly<Ref<HTMLTextAreaElement | null>>;
  text: Ref<string>;
}

/** The list of what could be meant by the word that is being typed, and how keys choose from it. */
export function useCompletion({ field, text }: CompletionOptions) {
  const emoji = useEmoji();
  /** Where the caret stands while somebody types; null when nothing is proposed whatever stands there. */
  const caret = ref<number | null>(null);
  const active = ref(0);
  const completion = computed(() =>
    caret.value === null ? null : completionAt(text.value, caret.value, emoji.enabled),
  );
  const proposals = computed(() => completion.value?.proposals ?? []);

  watch(proposals, (next, before) => {
    if (next[0]?.key !== before[0]?.key || next.length !== before.length) {
      active.value = 0;
    }
  });

  /** Something was typed. */
  function follow(): void {
    caret.value = field.value?.selectionEnd ?? null;
  }

  function close(): void {
    caret.value = null;
  }

  async function take(proposal: Proposal | undefined): Promise<void> {
    const { start } = completion.value ?? {};
    if (proposal === undefined || start === undefined || caret.value === null) {
      return;
    }
    const rest = text.value.slice(caret.value);
    const inserted = /^\s/u.test(rest) ? proposal.text.trimEnd() : proposal.text;
    text.value = text.value.slice(0, start) + inserted + rest;
    close();
    await nextTick();
    const place = start + inserted.length;
    field.value?.setSelectionRange(place, place);
  }

  /** Whether a proposal would change what is typed: Enter sends a word that is complete. */
  function changes(proposal: Proposal | undefined): boolean {
    const { start } = completion.value ?? {};
    const typed = text.value.slice(start, caret.value ?? undefined);
    return proposal !== undefined && proposal.text.trimEnd() !== typed.toLowerCase();
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
        active.value = (active.value + (key === 'ArrowDown' ? 1 : count - 1)) % count;
        return true;
      case 'Tab':
        void take(chosen);
        return true;
      case 'Enter':
        if (!changes(chosen)) {
          return false;
        }
        void take(chosen);
        return true;
      case 'Escape':
        close();
        return true;
      default:
        return false;
    }
  }

  return { completion, proposals, active, follow, close, take, onKey };
}
