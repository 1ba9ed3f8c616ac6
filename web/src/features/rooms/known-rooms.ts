import { readStored, writeStored } from '@/storage/local';
import { type Room, unvisitedRoom } from './room';

const ROOMS_KEY = 'chinwag.rooms';
const LAST_ROOM_KEY = 'chinwag.lastRoom';
const RECENT_KEY = 'chinwag.recentRooms';
const MOST_RECENT = 20;
const LONGEST_LIST = 100;
const KINDS: readonly unknown[] = ['public', 'private', 'direct', 'group'];

type KnownRoom = Pick<
  Room,
  'room' | 'kind' | 'slug' | 'title' | 'topic' | 'member' | 'people' | 'activeAt'
>;

/** The rooms of the last visit: what can be shown before the server answers. */
export function readKnownRooms(): Room[] {
  const known = readStored<unknown>(ROOMS_KEY);
  return (Array.isArray(known) ? known : []).filter(isKnownRoom).map((room) => ({
    ...unvisitedRoom(room),
    kind: room.kind,
    member: room.member,
    people: room.people,
    ...(typeof room.activeAt === 'number' && { activeAt: room.activeAt }),
  }));
}

/** An older version of the client may have written something else. */
function isKnownRoom(value: Partial<KnownRoom> | null): value is KnownRoom {
  return (
    typeof value?.room === 'number' &&
    KINDS.includes(value.kind) &&
    (value.slug === undefined || typeof value.slug === 'string') &&
    typeof value.title === 'string' &&
    typeof value.topic === 'string' &&
    typeof value.member === 'boolean' &&
    (value.people === undefined || Array.isArray(value.people))
  );
}

export function writeKnownRooms(rooms: readonly Room[]): void {
  const known = rooms.slice(0, LONGEST_LIST).map(
    ({ room, kind, slug, title, topic, member, people, activeAt }): KnownRoom => ({
      room,
      kind,
      slug,
      title,
      topic,
      member,
      people,
      activeAt,
    }),
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
  const before = readRecentRooms().filter((each) => each !== room);
  writeStored(RECENT_KEY, [room, ...before].slice(0, MOST_RECENT));
}

/** The rooms that were on show, the last one first. */
export function readRecentRooms(): number[] {
  const stored = readStored<unknown>(RECENT_KEY);
  return (Array.isArray(stored) ? stored : []).filter((each) => typeof each === 'number');
}
