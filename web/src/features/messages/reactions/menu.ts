import { useRooms } from '@/features/rooms/store';
import { t } from '@/locales/late';
import type { MenuItem } from '@/ui/menu/items';
import { useChanging } from '../changing';
import type { MessageRow } from '../rows';
import { useReactions } from './store';
import { usualReactions } from './usual';

/** What can be done with reactions to a message: the emoji that this person uses most within reach, and the rest. */
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
  const seen = row.reactions.length > 0 ? [whoReacted] : [];
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
