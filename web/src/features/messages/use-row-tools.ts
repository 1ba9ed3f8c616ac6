import { ref } from 'vue';

/** The rows that have their tools: the one that a mouse was at last, and the one that had the focus last. */
export function useRowTools() {
  const pointed = ref<string>();
  const focused = ref<string>();

  /** A finger has no way of pointing without pressing. */
  function onPointerOver({ target, pointerType }: PointerEvent): void {
    if (pointerType !== 'touch') {
      pointed.value = keyOf(target) ?? pointed.value;
    }
  }

  // They stay when the focus goes on, since a menu that they opened gives it back to them.
  function onFocusIn({ target }: FocusEvent): void {
    focused.value = keyOf(target) ?? focused.value;
  }

  const has = (key: string) => key === pointed.value || key === focused.value;

  return { has, onPointerOver, onFocusIn };
}

function keyOf(target: EventTarget | null): string | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row?.dataset.row;
}
