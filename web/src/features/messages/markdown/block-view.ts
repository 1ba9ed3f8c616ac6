import { type Component, shallowRef } from 'vue';
import { loadLater } from '@/ui/late-loads';

const view = shallowRef<Component>();
let asked = false;

const load = () => import('./MessageBlocks.vue');
loadLater(load);

/** What shows blocks. Its script is in a file of its own; until that is there, a text is one paragraph. */
export function blockView(): Component | undefined {
  if (!asked) {
    asked = true;
    void loadView();
  }
  return view.value;
}

async function loadView(): Promise<void> {
  try {
    view.value = (await load()).default;
  } catch {
    // The next text with blocks asks again.
    asked = false;
  }
}
