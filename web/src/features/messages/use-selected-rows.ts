import { onScopeDispose, type Ref, shallowRef } from 'vue';
import type { KeptRows } from './virtual/use-virtual-rows';

/** The first and the last row that somebody has selected text in. What leaves the page would leave the selection. */
export function useSelectedRows(
  content: Readonly<Ref<HTMLElement | null>>,
): Readonly<Ref<KeptRows | null>> {
  const selected = shallowRef<KeptRows | null>(null);
  const look = () => {
    const rows = rowsIn(document.getSelection(), content.value);
    if (rows?.first !== selected.value?.first || rows?.last !== selected.value?.last) {
      selected.value = rows;
    }
  };
  document.addEventListener('selectionchange', look);
  onScopeDispose(() => document.removeEventListener('selectionchange', look));
  return selected;
}

function rowsIn(selection: Selection | null, content: HTMLElement | null): KeptRows | null {
  if (selection === null || selection.isCollapsed || content === null) {
    return null;
  }
  const range = selection.getRangeAt(0);
  const keys = [...content.children]
    .filter((child) => range.intersectsNode(child))
    .flatMap((child) => child.getAttribute('data-row') ?? []);
  const [first] = keys;
  const last = keys.at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}
