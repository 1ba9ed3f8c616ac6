import { watchEffect } from 'vue';
import { useRooms } from '@/features/rooms';
import { useSession } from '@/features/session';
import { documentTitle } from './document-title';

/** Keeps the title of the window in step with the room on show and what is unread. */
export function followTitle(): void {
  const session = useSession();
  const rooms = useRooms();
  watchEffect(() => {
    document.title = session.signedIn
      ? documentTitle(
          rooms.activeId === null ? null : rooms.labelOf(rooms.activeId),
          rooms.totalUnread,
        )
      : documentTitle(null, 0);
  });
}
