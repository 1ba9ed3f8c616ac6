import type { RoomSummary } from '@/api/generated/protocol';
import { GENERAL, summary } from '@/api/test/rooms';
import { useConnection } from '@/features/connection/store';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';

const TITLES = [
  'Design',
  'Release 4.2 of the application for phones and tablets',
  'عام',
  'Rechtsschutzversicherungsgesellschaften',
  '☕ Coffee',
  'Ops',
];

/** One's own rooms, many of them, some with news. */
export const MANY_ROOMS: readonly RoomSummary[] = Array.from({ length: 60 }, (_, index) =>
  summary(10 + index, {
    title: `${TITLES[index % TITLES.length]}${index < TITLES.length ? '' : ` ${index}`}`,
    unread: index % 7 === 0 ? index * 3 : 0,
    mentions: index % 14 === 0 ? index : 0,
    online: index % 5,
  }),
);

export const ROOM: RoomSummary = summary(GENERAL, {
  title: 'General',
  topic: 'What concerns everybody',
  online: 3,
});

/** There is a line. */
export function live(): void {
  useSession().user = { userId: 7, name: 'Alex', kind: 'member' };
  useRooms().rooms.clear();
  useConnection().state = { name: 'live' };
}

/** There is none, and it was looked for. */
export function lost(): void {
  live();
  useConnection().state = { name: 'waiting', retryAt: 0 };
  useConnection().lost = true;
}

/** It is looked for the first time. */
export function connecting(): void {
  live();
  useConnection().state = { name: 'connecting' };
}

/** Goes to the room, which is known if the server or the last visit has told of it. */
export function inRoom(...rooms: readonly RoomSummary[]): void {
  useRooms().applyList(rooms);
  useRooms().open('general');
}
