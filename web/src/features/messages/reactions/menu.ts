import { useRooms } from '@/features/rooms/store';
import { t } from '@/locales/late';
import type { MenuItem } from '@/ui/menu/items';
import { useChanging } from '../changing';
import { pinItem } from '../pins/menu';
import type { MessageRow } from '../rows';
import { useReactions } from './store';
import { usualReactions } from './usual';

/** What of a message's menu comes late: the emoji that this person uses most within reach, all of them, and pins. */
export function reactionItems(
  room: number,
  row: MessageRow,
): { quick: MenuItem[]; more: MenuItem[] } {
  const changing = useChanging();
  const react: MenuItem = {
    label: t('messages.react'),
    icon: 'smile',
    select: () => changing.begin(room, row, 'react'),
  };
  const whoReacted: MenuItem = {
    label: t('messages.whoReacted'),
    icon: 'people',
    select: () => changing.begin(room, row, 'reactions'),
  };
  const seen = [...(row.reactions.length > 0 ? [whoReacted] : []), ...pinItem(room, row)];
  return mayReact(room)
    ? { quick: quickItems(room, row), more: [react, ...seen] }
    : { quick: [], more: seen };
}

function mayReact(room: number): boolean {
  const summary = useRooms().room(room);
  return summary?.member === true && !summary.archived;
}

function quickItems(room: number, row: MessageRow): MenuItem[] {
  const reactions = useReactions();
  const own = reactions.own(room, row);
  return usualReactions().map((emoji) => ({
    label: t('messages.reactWith', emoji),
    glyph: emoji,
    checked: own.includes(emoji),
    select: () => void reactions.toggle(room, row, emoji),
  }));
}

/** The key that adds opens the menu of the message that one is at: how one reacts without a mouse. */
export function onKey(event: KeyboardEvent): void {
  if (event.key === '+' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const { left: clientX, bottom: clientY } = (event.target as Element).getBoundingClientRect();
    const asked = { bubbles: true, cancelable: true, clientX, clientY };
    event.target?.dispatchEvent(new MouseEvent('contextmenu', asked));
    event.preventDefault();
  }
}
