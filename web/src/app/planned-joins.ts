import type { RoomSummary } from '@/api/generated/protocol';
import type { RoomReference } from '@/features/rooms/store';

export interface PlannedJoin {
  reference: RoomReference;
  limit: number;
}

export interface Joining {
  /** Rooms named in the `hello`; they come back by themselves. */
  resumed: ReadonlySet<number>;
  active: number | null;
  /** The slug of the room chosen at sign-in. */
  wanted: string | null;
  firstPage: number;
}

/**
 * What to join after a `welcome`: every room of this person, the one on show first and with its messages.
 * A wanted room is joined even if the list does not have it; the server's refusal says what is wrong.
 */
export function plannedJoins(rooms: readonly RoomSummary[], joining: Joining): PlannedJoin[] {
  const { resumed, active, wanted, firstPage } = joining;
  const wantedRoom = rooms.find(({ slug }) => slug !== undefined && slug === wanted)?.room;
  const shown = (room: number) => room === active || room === wantedRoom;
  const mine = rooms
    .filter(({ room, member }) => (member && !resumed.has(room)) || room === wantedRoom)
    .map(({ room }) => ({ reference: { room }, limit: shown(room) ? firstPage : 0 }));
  const unlisted = wanted !== null && wantedRoom === undefined;
  const first = unlisted ? [{ reference: { slug: wanted }, limit: firstPage }] : [];
  return [...first, ...mine].sort((a, b) => b.limit - a.limit);
}
