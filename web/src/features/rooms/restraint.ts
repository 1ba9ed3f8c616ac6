import type { User } from '@/api/generated/protocol';
import { mayKeepOrder, rankOf } from './rank';
import type { Room } from './room';

/** What keeps somebody from writing in a room, or makes the person wait. */
export type Restraint =
  | { kind: 'archived' }
  | { kind: 'readOnly' }
  /** Up to a time of this device's clock, or for ever. */
  | { kind: 'muted'; until: number | null }
  /** The pause between two messages, and when the present one is over. */
  | { kind: 'slow'; seconds: number; until: number };

/** What this client was told of one person in a room. */
export interface Told {
  /** Infinite for ever. */
  mutedUntil: number;
  wroteAt: number;
  /** Before then the server takes nothing; it said so. */
  refusedUntil: number;
}

/** What holds for this person in a room at a time; what the server does not tell is known when it refuses something. */
export function restraintOf(
  room: Pick<Room, 'kind' | 'role' | 'archived' | 'posting' | 'slowModeS'>,
  user: User | null,
  told: Told | undefined,
  now: number,
): Restraint | null {
  if (room.archived) {
    return { kind: 'archived' };
  }
  const keepsOrder = mayKeepOrder(rankOf(room, user));
  if (told !== undefined && told.mutedUntil > now) {
    return { kind: 'muted', until: Number.isFinite(told.mutedUntil) ? told.mutedUntil : null };
  }
  if (room.posting === 'moderators' && !keepsOrder) {
    return { kind: 'readOnly' };
  }
  if (room.slowModeS && !keepsOrder) {
    const paused = (told?.wroteAt ?? 0) + room.slowModeS * 1_000;
    return {
      kind: 'slow',
      seconds: room.slowModeS,
      until: Math.max(paused, told?.refusedUntil ?? 0),
    };
  }
  return null;
}
