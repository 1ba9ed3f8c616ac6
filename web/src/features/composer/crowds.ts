import { useMembers } from '@/features/members/store';
import { type Crowd, crowdsIn } from '@/features/messages/mentions';
import { mayKeepOrder, rankOf } from '@/features/rooms/rank';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';

/** Members of a room in which not only those mention everybody who keep order there. */
const SMALL_ROOM = 50;
/** Fewer people than this are called without being asked whether one means it. */
const MANY = 10;

const CROWDS: readonly { userId: Crowd; name: Crowd }[] = [
  { userId: 'room', name: 'room' },
  { userId: 'here', name: 'here' },
];

/** The crowds that this person may call in a room: what is typed for another one is a word like others. */
export function crowdsOf(room: number): readonly { userId: Crowd; name: Crowd }[] {
  const { user } = useSession();
  const known = useRooms().room(room);
  if (known === undefined || user === null || known.kind === 'direct') {
    return [];
  }
  if (mayKeepOrder(rankOf(known, user))) {
    return CROWDS;
  }
  const isSmall = (useMembers().roster(room)?.memberCount ?? SMALL_ROOM + 1) <= SMALL_ROOM;
  return isSmall && user.kind === 'member' && known.member ? CROWDS : [];
}

/** How many people a text calls, where that is many enough to ask whether one means it; else 0. */
export function peopleCalled(room: number, text: string): number {
  const people = (useMembers().roster(room)?.memberCount ?? 0) - 1;
  return crowdsIn(text).length > 0 && people >= MANY ? people : 0;
}
