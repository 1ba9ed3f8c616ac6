import { restraintOf } from '@/features/rooms/restraint';
import { useRestraints } from '@/features/rooms/restraints';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { t } from '@/locales';
import type { MenuGroups, MenuItem } from '@/ui/menu/items';
import { mayEdit, useChanging } from './changing';
import { lateMenu } from './reactions/late';
import type { MessageRow, Row } from './rows';

/** What can be done with a message: the items of its menu. */
export function useMessageMenu(room: number, rows: () => readonly Row[]) {
  const rooms = useRooms();
  const session = useSession();
  const restraints = useRestraints();
  const changing = useChanging();

  /** Whether one deletes what others wrote: who keeps order in the room, or on the server where everybody may see it. */
  function keepsOrder(): boolean {
    const summary = rooms.room(room);
    const inRoom = summary?.role === 'moderator' || summary?.role === 'owner';
    return inRoom || (summary?.kind === 'public' && session.user?.role !== undefined);
  }

  /** Whether this person is kept from writing: the server then takes no other text for a message either. */
  function isSilenced(): boolean {
    const summary = rooms.room(room);
    const restraint =
      summary && restraintOf(summary, session.user, restraints.of(room), Date.now());
    return restraint != null && restraint.kind !== 'slow';
  }

  function itemsOf(row: MessageRow): MenuGroups {
    const copy: MenuItem = {
      label: t('messages.copy'),
      select: () => void navigator.clipboard?.writeText(row.text).catch(() => undefined),
    };
    const edit: MenuItem = {
      label: t('messages.edit'),
      icon: 'pencil',
      select: () => changing.begin(room, row, 'edit'),
    };
    const remove: MenuItem = {
      label: t('messages.delete'),
      icon: 'close',
      danger: true,
      select: () => changing.begin(room, row, 'delete'),
    };
    const report: MenuItem = {
      label: t('messages.report'),
      icon: 'flag',
      select: () => changing.begin(room, row, 'report'),
    };
    const mayDelete = row.own || keepsOrder();
    const grave = [...(row.own ? [] : [report]), ...(mayDelete ? [remove] : [])];
    const { quick = [], more = [] } = lateMenu.value?.reactionItems(room, row) ?? {};
    const groups = [
      quick,
      [...more, copy, ...(mayEdit(row) && !isSilenced() ? [edit] : [])],
      grave,
    ];
    return groups.filter((group) => group.length > 0);
  }

  /** The items for what was pressed. A link, and a text that is selected, have the menu of the browser. */
  return (target: Element): MenuGroups => {
    const key = target.closest('[data-row]')?.getAttribute('data-row');
    const row = rows().find((each) => each.key === key);
    const isOthers = target.closest('a:not(.permalink)') !== null || !getSelection()?.isCollapsed;
    const isStored = row?.kind === 'message' && row.seq !== null && !row.deleted;
    return isStored && !isOthers ? itemsOf(row) : [];
  };
}
