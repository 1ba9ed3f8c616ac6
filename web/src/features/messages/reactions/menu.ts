import { addressOfReaction, isOwnEmoji } from '@/features/emoji/own/table';
import { useRooms } from '@/features/rooms/store';
import { t } from '@/locales/late';
import { askForMenu } from '@/ui/menu/ask-for-menu';
import type { MenuItem } from '@/ui/menu/items';
import { type Move, moveOf } from '@/ui/roving';
import { useChanging } from '../changing';
import { pinItem } from '../pins/menu';
import type { MessageRow } from '../rows';
import { saveItem } from '../saved/menu';
import { useReactions } from './store';
import { usualReactions } from './usual';

interface ReactionItems {
  /** The emoji within reach. */
  quick: MenuItem[];
  /** All emoji. */
  react: MenuItem[];
  /** Who reacted, and pins. */
  seen: MenuItem[];
  /** What is kept for later. */
  later: MenuItem[];
}

/** What of a message's menu comes late. */
export function reactionItems(
  room: number,
  row: MessageRow,
  emoji: readonly string[] = usualReactions(),
): ReactionItems {
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
  const remind: MenuItem = {
    label: t('later.remind'),
    icon: 'clock',
    select: () => changing.begin(room, row, 'remind'),
  };
  const forward: MenuItem = {
    label: t('forward.item'),
    icon: 'forward',
    select: () => changing.begin(room, row, 'forward'),
  };
  const isOwnRoom = useRooms().room(room)?.member === true;
  const rest = { seen, later: [...saveItem(room, row), ...(isOwnRoom ? [remind, forward] : [])] };
  return mayReact(room)
    ? { quick: quickItems(room, row, emoji), react: [react], ...rest }
    : { quick: [], react: [], ...rest };
}

function mayReact(room: number): boolean {
  const summary = useRooms().room(room);
  return summary?.member === true && !summary.archived;
}

function quickItems(room: number, row: MessageRow, usual: readonly string[]): MenuItem[] {
  const reactions = useReactions();
  const own = reactions.own(room, row);
  const known = usual.filter((emoji) => !isOwnEmoji(emoji) || addressOfReaction(emoji));
  return known.map((emoji) => ({
    label: t('messages.reactWith', emoji),
    glyph: emoji,
    picture: addressOfReaction(emoji),
    checked: own.includes(emoji),
    select: () => void reactions.toggle(room, row, emoji),
  }));
}

/** How one does something with the message that one is at without a mouse: the key that adds opens its menu, and arrow keys lead to its tools. */
export function onKey(event: KeyboardEvent): void {
  const target = event.target as Element;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === '+') {
    askForMenu(target);
    event.preventDefault();
    return;
  }
  const move = target.matches('a.permalink') ? toolKey(event) : undefined;
  if (move === 'next' || move === 'previous') {
    const tools = [
      ...(target.closest('article')?.querySelectorAll<HTMLElement>('[role=toolbar] button') ?? []),
    ];
    tools.at(move === 'next' ? 0 : -1)?.focus();
    event.preventDefault();
  }
}

/** Where a key leads in a row of tools. */
export function toolKey({ key, target }: KeyboardEvent): Move | undefined {
  const rightToLeft = getComputedStyle(target as Element).direction === 'rtl';
  return moveOf(key, 'horizontal', rightToLeft);
}
