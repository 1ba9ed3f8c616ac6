import { useGroups } from '@/features/groups/store';
import { useMembers } from '@/features/members/store';
import { type Crowd, crowdsIn } from '@/features/messages/mentions';
import { mayKeepOrder, rankOf } from '@/features/rooms/rank';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';

/** Members of a room in which not only those mention everybody who keep order there. */
const SMALL_ROOM = 50;
/** Fewer people than this are called without being asked whether one means it. */
const MANY = 10;

/** Many people whom one may call at once. */
export interface CallableCrowd {
  userId: Crowd;
  /** What is typed behind the `@`. */
  name: string;
  /** How many people are in it, if it is a group. */
  people?: number;
}

const CROWDS: readonly CallableCrowd[] = [
  { userId: 'room', name: 'room' },
  { userId: 'here', name: 'here' },
];

/** The crowds that this person may call in a room: what is typed for another one is a word like others. */
export function crowdsOf(room: number): readonly CallableCrowd[] {
  const { user } = useSession();
  const known = useRooms().room(room);
  if (known === undefined || user === null) {
    return [];
  }
  const keepsOrder = mayKeepOrder(rankOf(known, user));
  const groups = keepsOrder || (user.kind === 'member' && known.member) ? callableGroups() : [];
  if (known.kind === 'direct') {
    return groups;
  }
  if (keepsOrder) {
    return [...CROWDS, ...groups];
  }
  const isSmall = (useMembers().roster(room)?.memberCount ?? SMALL_ROOM + 1) <= SMALL_ROOM;
  return isSmall && user.kind === 'member' && known.member ? [...CROWDS, ...groups] : groups;
}

function callableGroups(): CallableCrowd[] {
  return useGroups()
    .known()
    .map(({ name, people }) => ({ userId: `&${name}`, name, people }));
}

/** How many people a text calls, where that is many enough to ask whether one means it; else 0. */
export function peopleCalled(room: number, text: string): number {
  const others = (useMembers().roster(room)?.memberCount ?? 0) - 1;
  const crowds = [...new Set(crowdsIn(text))];
  // Who is in two groups is counted twice: nobody here knows who they are.
  const sum = crowds.reduce((people, crowd) => people + sizeOf(crowd), 0);
  const people = Math.min(others, sum);
  return people >= MANY ? people : 0;
}

/** How many people are in a group; no end of them where all are called who are in the room, or there. */
function sizeOf(crowd: Crowd): number {
  return crowd.startsWith('&')
    ? (callableGroups().find(({ userId }) => userId === crowd)?.people ?? 0)
    : Number.POSITIVE_INFINITY;
}
