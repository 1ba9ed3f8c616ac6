import type { MenuItem } from '@/ui/menu/items';
import { itemsOf, useMessageActions } from './message-actions';
import { reactionItems } from './reactions/menu';
import { usualReactions } from './reactions/usual';
import type { StoredRow } from './stored-row';

/** So many emoji are within reach. */
const EMOJI = 3;

/**
 * What stands at the corner of a message: the emoji that this person uses most, all of them, and of the actions each
 * that has an icon to be known by. The emoji stay in their places while one presses them.
 */
export function useMessageTools(room: number) {
  const actions = useMessageActions(room, 'room');
  const emoji = usualReactions().slice(0, EMOJI);

  return (row: StoredRow): MenuItem[] => {
    const { quick, react } = reactionItems(room, row, emoji);
    const used = itemsOf(actions, 'use', row).filter(({ icon }) => icon !== undefined);
    return [...quick, ...react, ...used];
  };
}
