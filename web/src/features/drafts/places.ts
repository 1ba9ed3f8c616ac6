import { type DraftKey, draftsOf } from '@/features/composer/drafts';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';

/** Where this person has begun to write and could go on, but for the room on show: what one is writing there is in sight. */
export function draftPlaces(): DraftKey[] {
  const rooms = useRooms();
  const { user } = useSession();
  return draftsOf(user?.userId ?? 0).filter(
    ({ room }) => room !== rooms.activeId && rooms.room(room)?.member === true,
  );
}
