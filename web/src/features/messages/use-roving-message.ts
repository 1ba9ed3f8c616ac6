import { computed, type Ref, ref, watch } from 'vue';
import type { Row } from './rows';

interface RovingMessageOptions {
  /** The element that scrolls, which takes the focus itself. */
  viewport: Readonly<Ref<HTMLElement | null>>;
  /** The element whose children are the rendered rows, each with its key as `data-row`. */
  content: Readonly<Ref<HTMLElement | null>>;
  rendered: () => readonly Row[];
  /** The rows on screen, from the top. */
  inPlace: () => readonly Row[];
}

const PERMALINK = 'a.permalink';

/**
 * Of all addresses in the list one is within reach of Tab: that of the message last gone to, else of the lowest on
 * screen. From there the arrow keys go to its neighbours, so that fifty messages are not fifty stops.
 */
export function useRovingMessage(options: RovingMessageOptions) {
  const { viewport, content, rendered, inPlace } = options;
  const focused = ref<string | null>(null);
  const tabStop = computed(() => {
    const isRendered = rendered().some((row) => row.key === focused.value);
    return isRendered ? focused.value : (inPlace().filter(hasAddress).at(-1)?.key ?? null);
  });

  // A message that is scrolled far away is taken from the page; without the focus no key would scroll any more.
  watch(rendered, (rows) => {
    if (focused.value !== null && !rows.some((row) => row.key === focused.value)) {
      viewport.value?.focus({ preventScroll: true });
    }
  });

  function onFocusIn({ target }: FocusEvent): void {
    focused.value = rowOf(target)?.dataset.row ?? null;
  }

  function onFocusOut({ relatedTarget }: FocusEvent): void {
    if (!content.value?.contains(relatedTarget as Node | null)) {
      focused.value = null;
    }
  }

  function onArrow(event: KeyboardEvent, step: 1 | -1): void {
    if (!(event.target as Element).matches(PERMALINK)) {
      return;
    }
    // At either end, too: the list is not to scroll away from under the focus.
    event.preventDefault();
    const messages = rendered().filter(hasAddress);
    const index = messages.findIndex((row) => row.key === focused.value);
    const next = messages[index + step]?.key;
    const row = [...(content.value?.children ?? [])].find(
      (child) => child.getAttribute('data-row') === next,
    );
    row?.querySelector<HTMLElement>(PERMALINK)?.focus();
  }

  return { tabStop, onFocusIn, onFocusOut, onArrow };
}

function hasAddress(row: Row): boolean {
  return row.kind === 'message' && row.seq !== null;
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
}
