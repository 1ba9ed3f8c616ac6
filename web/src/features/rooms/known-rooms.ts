import { readStored, writeStored } from '@/storage/local';
import { type Place, type Room, unvisitedRoom } from './room';

const ROOMS_KEY = 'chinwag.rooms';
const LAST_ROOM_KEY = 'chinwag.lastRoom';
const LONGEST_LIST = 100;

type KnownRoom = Place & { member: boolean };

/** The rooms of the last visit: what can be shown before the server answers. */
export function readKnownRooms(): Room[] {
  const known = readStored<unknown>(ROOMS_KEY);
  return (Array.isArray(known) ? known : [])
    .filter(isKnownRoom)
    .map((room) => ({ ...unvisitedRoom(room), member: room.member }));
}

/** An older version of the client may have written something else. */
function isKnownRoom(value: Partial<KnownRoom> | null): value is KnownRoom {
  return (
    typeof value?.room === 'number' &&
    (value.slug === undefined || typeof value.slug === 'string') &&
    typeof value.title === 'string' &&
    typeof value.topic === 'string' &&
    typeof value.member === 'boolean'
  );
}

export function writeKnownRooms(rooms: readonly Room[]): void {
  const known = rooms
    .slice(0, LONGEST_LIST)
    .map(
      ({ room, slug, title, topic, member }): KnownRoom => ({ room, slug, title, topic, member }),
    );
  writeStored(ROOMS_KEY, known);
}

/** The room that was on show last; by its number, since another room may be at its address by now. */
export function readLastRoom(): number | null {
  const stored = readStored<unknown>(LAST_ROOM_KEY);
  return typeof stored === 'number' ? stored : null;
}

export function writeLastRoom(room: number): void {
  writeStored(LAST_ROOM_KEY, room);
}
