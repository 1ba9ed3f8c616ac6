import type { Router } from 'vue-router';
import { useRooms } from '@/features/rooms/store';

/** Shows what is of all rooms. It stands beside a conversation: that on show, or the first one that one is in. */
export function showPane(router: Router, pane: string): void {
  const rooms = useRooms();
  const room = rooms.active?.member ? rooms.active : rooms.joined[0];
  if (room !== undefined) {
    const params = { room: rooms.addressOf(room.room) };
    void router.push({ name: 'room', params, query: { pane } });
  }
}
