import type { Room } from '@/features/rooms/room';
import { isMuted } from './wishes';

/** How much of a room is new to its person: of a muted one mentions alone. */
export const newsIn = (room: Room) => (isMuted(room.room) ? (room.mentions ?? 0) : room.unread);
