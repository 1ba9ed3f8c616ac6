import type { MenuGroups } from '@/ui/menu/items';
import { itemsOf, type ShownIn, useMessageActions } from './message-actions';
import { lateMenu } from './reactions/late';
import type { Row } from './rows';
import { isStored } from './stored-row';

/** The items for what was pressed. A link, and a text that is selected, have the menu of the browser. */
export function useMessageMenu(
  room: number,
  rows: () => readonly Row[],
  shownIn: ShownIn = 'room',
) {
  const actions = useMessageActions(room, shownIn);

  return (target: Element): MenuGroups => {
    const key = target.closest('[data-row]')?.getAttribute('data-row');
    const row = rows().find((each) => each.key === key);
    const isOthers =
      target.closest('a:not(.permalink)') !== null ||
      (!getSelection()?.isCollapsed && target.closest('[role=toolbar]') === null);
    if (row?.kind !== 'message' || !isStored(row) || isOthers) {
      return [];
    }
    const {
      quick = [],
      react = [],
      seen = [],
      later = [],
    } = lateMenu.value?.reactionItems(room, row) ?? {};
    const use = [...react, ...seen, ...itemsOf(actions, 'use', row), ...later];
    const groups = [quick, use, itemsOf(actions, 'grave', row)];
    return groups.filter((group) => group.length > 0);
  };
}
