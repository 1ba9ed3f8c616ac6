import { SHORTCUTS } from '@/features/shortcuts/table';
import type { MenuGroups, MenuItem } from '@/ui/menu/items';
import { isStored, type MessageAction, useMessageActions } from './message-actions';
import { lateMenu } from './reactions/late';
import type { Row } from './rows';

/** The items for what was pressed. A link, and a text that is selected, have the menu of the browser. */
export function useMessageMenu(room: number, rows: () => readonly Row[]) {
  const actions = useMessageActions(room);

  return (target: Element): MenuGroups => {
    const key = target.closest('[data-row]')?.getAttribute('data-row');
    const row = rows().find((each) => each.key === key);
    const isOthers = target.closest('a:not(.permalink)') !== null || !getSelection()?.isCollapsed;
    if (row?.kind !== 'message' || !isStored(row) || isOthers) {
      return [];
    }
    const itemsOf = (group: MessageAction['group']): MenuItem[] =>
      actions
        .filter((action) => action.group === group && action.applies(row))
        .map(({ item, shortcut, run }) => ({
          ...item,
          ...(shortcut === undefined ? {} : { keys: SHORTCUTS[shortcut].keys }),
          select: () => void run(row),
        }));
    const { quick = [], more = [] } = lateMenu.value?.reactionItems(room, row) ?? {};
    const groups = [quick, [...more, ...itemsOf('use')], itemsOf('grave')];
    return groups.filter((group) => group.length > 0);
  };
}
