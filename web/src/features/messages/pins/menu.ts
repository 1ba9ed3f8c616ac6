import { useConnection } from '@/features/connection/store';
import { tellProblem } from '@/features/problems/problems';
import { isConversation } from '@/features/rooms/label';
import { mayKeepOrder, rankOf } from '@/features/rooms/rank';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { t } from '@/locales/late';
import type { MenuItem } from '@/ui/menu/items';
import type { MessageRow } from '../rows';

/** Whether one holds up messages in a room: who keeps order there, and in a conversation everybody. */
export function mayPin(id: number): boolean {
  const room = useRooms().room(id);
  if (room === undefined || room.archived) {
    return false;
  }
  return isConversation(room.kind) ? room.member : mayKeepOrder(rankOf(room, useSession().user));
}

export function setPinned(room: number, target: number, pinned: boolean): Promise<void> {
  const type = pinned ? 'pin' : 'unpin';
  return useConnection()
    .request({ type, room, target })
    .then(() => undefined, tellProblem);
}

export function pinItem(room: number, { seq, pinned }: MessageRow): MenuItem[] {
  if (seq === null || !mayPin(room)) {
    return [];
  }
  const label = t(pinned ? 'messages.unpin' : 'messages.pin');
  return [{ label, icon: 'pin', select: () => void setPinned(room, seq, !pinned) }];
}
