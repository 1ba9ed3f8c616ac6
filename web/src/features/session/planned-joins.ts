import type { RoomSummary } from '@/api/generated/protocol';

export interface PlannedJoin {
  room: string;
  limit: number;
}

export interface Joining {
  /** Rooms named in the `hello`; they come back by themselves. */
  resumed: ReadonlySet<string>;
  active: string | null;
  /** The room chosen at sign-in. */
  wanted: string | null;
  firstPage: number;
}

/**
 * What to join after a `welcome`: every room of this person, the one on show first and with its messages.
 * A wanted room is joined even if the list does not have it; the server's refusal says what is wrong.
 */
export function plannedJoins(rooms: readonly RoomSummary[], joining: Joining): PlannedJoin[] {
  const { resumed, active, wanted, firstPage } = joining;
  const mine = rooms
    .filter(({ room, member }) => member && !resumed.has(room))
    .map(({ room }) => room);
  const all = new Set(wanted === null ? mine : [wanted, ...mine]);
  const shown = (room: string) => room === active || room === wanted;
  return [...all]
    .map((room) => ({ room, limit: shown(room) ? firstPage : 0 }))
    .sort((a, b) => b.limit - a.limit);
}
