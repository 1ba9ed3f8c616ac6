import type { RoomRole } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { addressOf } from './label';
import { useRooms } from './store';

/** Who is in which room, as far as one person says it of others. */
export function useMembership() {
  const connection = useConnection();
  const rooms = useRooms();

  /** Opens the conversation with these others, which is there already or begins now. Answers where it is. */
  async function openDirect(users: number[]): Promise<string> {
    const { room } = await connection.request({ type: 'openDirect', users });
    rooms.applySummary(room);
    await rooms.join({ room: room.room });
    return addressOf(room);
  }

  async function add(room: number, userId: number): Promise<void> {
    await connection.request({ type: 'addMember', room, userId });
  }

  async function setRole(room: number, userId: number, role: RoomRole): Promise<void> {
    await connection.request({ type: 'setRole', room, userId, role });
  }

  return { openDirect, add, setRole };
}
