import { effectScope, onMounted, onScopeDispose, shallowRef, watch } from 'vue';
import { loadLater } from '@/ui/late-loads';
import type { MenuGroups } from '@/ui/menu/items';
import type { Row } from './rows';

const actions = shallowRef<typeof import('./actions')>();

async function load(): Promise<void> {
  actions.value ??= await import('./actions');
}

loadLater(load);

/** The menu of the messages of a room, and their keys, once that is there. Until then there are none. */
export function useLateActions(room: number, rows: () => readonly Row[]) {
  const scope = effectScope();
  let menu: ((target: Element) => MenuGroups) | undefined;

  watch(
    actions,
    (there) =>
      scope.run(() => {
        menu = there?.useMessageMenu(room, rows);
        there?.useMessageKeys(room, rows);
      }),
    { immediate: true },
  );
  onMounted(() => {
    // What fails is tried again with all that comes later.
    load().catch(() => undefined);
  });
  onScopeDispose(() => scope.stop());

  return (target: Element): MenuGroups => menu?.(target) ?? [];
}
