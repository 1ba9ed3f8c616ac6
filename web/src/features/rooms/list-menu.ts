import { t } from '@/locales/late';
import { copyText } from '@/ui/copy-text';
import { askForMenu } from '@/ui/menu/ask-for-menu';
import type { MenuGroups, MenuItem } from '@/ui/menu/items';
import { folderItems, moveItem } from './folder-menu';
import { addressOf } from './label';
import type { Room } from './room';
import { isPinned, pin } from './sidebar';
import { useRooms } from './store';

export { askForMenu, folderItems };

/** Whether a room stands at the top of the list. */
export function pinItem({ room }: Room): MenuItem {
  return {
    label: t(isPinned(room) ? 'rooms.unpinRoom' : 'rooms.pinRoom'),
    icon: 'pin',
    select: () => pin(room),
  };
}

/** What can be done with a room without going there. */
export function listItems(room: Room): MenuGroups {
  const { markRead } = useRooms();
  const read: MenuItem = {
    label: t('rooms.markRead'),
    icon: 'check',
    disabled: room.unread === 0,
    select: () => void markRead(room.room),
  };
  const link: MenuItem = {
    label: t('rooms.copyLink'),
    icon: 'link',
    select: () => {
      const path = `rooms/${encodeURIComponent(addressOf(room))}`;
      void copyText(new URL(path, document.baseURI).href);
    },
  };
  return [[read, pinItem(room), moveItem(room), link]];
}
