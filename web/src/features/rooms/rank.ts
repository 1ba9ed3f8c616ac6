import type { RoomRole, User } from '@/api/generated/protocol';
import type { Room } from './room';

const RANKS: Readonly<Record<RoomRole, number>> = { member: 0, moderator: 1, owner: 2 };
const STAFF = 3;

/**
 * How high somebody stands in a room, to offer what may be done; what may be done, the server says. Whoever keeps order on the
 * whole server does so in what everybody sees.
 */
export function rankOf({ kind, role }: Pick<Room, 'kind' | 'role'>, user: User | null): number {
  if (kind === 'public' && user?.role !== undefined) {
    return STAFF;
  }
  return role === undefined ? -1 : RANKS[role];
}

/** Whether somebody of this rank may take a member with that role out of the room. */
export function mayRemove(rank: number, role: RoomRole): boolean {
  return rank >= RANKS.moderator && rank > RANKS[role];
}

/** Whether somebody of this rank bans and silences people, and says how long they wait between two messages. */
export function mayKeepOrder(rank: number): boolean {
  return rank >= RANKS.moderator;
}

/** Whether somebody of this rank says who is what in the room, what it is called and how it is kept. */
export function maySetRoles(rank: number): boolean {
  return rank >= RANKS.owner;
}
