import type { Router } from 'vue-router';
import { usePeople } from '@/features/people/store';
import { tellProblem } from '@/features/problems/problems';
import { readRecentRooms } from '@/features/rooms/known-rooms';
import { addressOf, roomTitle } from '@/features/rooms/label';
import type { Room } from '@/features/rooms/room';
import { useRooms } from '@/features/rooms/store';
import { useMembership } from '@/features/rooms/use-membership';
import { useSession } from '@/features/session/store';
import type { Entry } from './find';

/** Somewhere to go. */
export interface PlaceEntry extends Entry {
  kind: 'place';
  room?: Room;
  /** Somebody to write to: the other one of a conversation, or whoever there is none with yet. */
  person?: { userId: number; name: string };
  run: () => unknown;
}

/** Of two that fit alike: what has news before what was open lately, one's own before others'. */
const BONUS = { mention: 6, unread: 4, recent: 3, joined: 2 };

/** All rooms that are known, and all people whom one can write to. */
export function placeEntries(router: Router): PlaceEntry[] {
  const rooms = useRooms();
  const recent = new Set(readRecentRooms().slice(0, 8));
  const places = [...rooms.joined, ...rooms.others].map((room) => roomEntry(room, recent, router));
  const written = new Set(places.flatMap(({ person }) => person?.userId ?? []));
  return [...places, ...personEntries(written, router)];
}

/** Where one was before, the last place first, and what has news before all of it. */
export function recentPlaces(all: readonly PlaceEntry[], active: number | null): PlaceEntry[] {
  const order = readRecentRooms();
  const place = (entry: PlaceEntry) => order.indexOf(entry.room?.room ?? -1);
  return all
    .filter(({ room }) => room?.member && room.room !== active)
    .filter((entry) => place(entry) >= 0 || (entry.room?.unread ?? 0) > 0)
    .sort((a, b) => rankOfNews(b) - rankOfNews(a) || place(a) - place(b));
}

function rankOfNews({ room }: PlaceEntry): number {
  if (room?.mentions) {
    return 2;
  }
  return room?.unread ? 1 : 0;
}

function roomEntry(room: Room, recent: ReadonlySet<number>, router: Router): PlaceEntry {
  const other = room.kind === 'direct' ? room.people?.at(0) : undefined;
  return {
    key: `room-${room.room}`,
    kind: 'place',
    mark: other === undefined ? '#' : '@',
    label: roomTitle(room),
    ...(room.slug !== undefined && room.kind === 'public' && { alias: room.slug }),
    room,
    ...(other !== undefined && { person: other }),
    bonus: bonusOf(room, recent.has(room.room)),
    run: () => router.push({ name: 'room', params: { room: addressOf(room) } }),
  };
}

function bonusOf(room: Room, isRecent: boolean): number {
  const { mention, unread, recent, joined } = BONUS;
  return (
    (room.member ? joined : 0) +
    (isRecent ? recent : 0) +
    (room.member && room.unread > 0 ? unread : 0) +
    (room.member && room.mentions ? mention : 0)
  );
}

function personEntries(written: ReadonlySet<number>, router: Router): PlaceEntry[] {
  const { openDirect } = useMembership();
  const own = useSession().user?.userId;
  const write = async (userId: number) => {
    try {
      const room = await openDirect([userId]);
      await router.push({ name: 'room', params: { room } });
    } catch (error) {
      tellProblem(error);
    }
  };
  return usePeople()
    .table.all()
    .filter(({ userId, kind, via, name }) => {
      const canBeWrittenTo = kind !== 'visitor' && via === undefined && name !== '';
      return canBeWrittenTo && userId !== own && !written.has(userId);
    })
    .map(({ userId, name }) => ({
      key: `person-${userId}`,
      kind: 'place',
      mark: '@',
      label: name,
      person: { userId, name },
      bonus: 0,
      run: () => write(userId),
    }));
}
