import type {
  LogEvent,
  Member,
  PresenceChange,
  PresenceState,
  RoomSnapshot,
} from '@/api/generated/protocol';
import type { Person } from '@/features/people/people-table';
import { type Named, subjectOf } from '@/features/people/subject';

/** What a person is to one room. Who that is, the table of people says. */
export interface RosterEntry {
  /** False for somebody who is present without being known as a member, such as a visitor: offline, that person is gone. */
  readonly member: boolean;
  /** Here, and not only connected: one may be present in another room alone. */
  readonly present: boolean;
}

/** The people of one room by id, as far as they are known. Each change makes a new roster. */
export interface Roster {
  people: ReadonlyMap<number, RosterEntry>;
  memberCount: number;
  online: number;
  /** Log events up to here are already in `memberCount`. */
  headSeq: number;
  /** Where the next page begins; `null` when all are loaded, `undefined` when that is not known yet. */
  next: string | null | undefined;
}

export function rosterFromSnapshot(snapshot: RoomSnapshot): Roster {
  const { members, memberCount, online, headSeq } = snapshot;
  const people = new Map(members.map((person) => [person.userId, entryOf(person, undefined)]));
  const known = [...people.values()].filter(({ member }) => member).length;
  return { people, memberCount, online, headSeq, next: known >= memberCount ? null : undefined };
}

export interface RosterPage {
  /** Where it begins; nothing for the first page. */
  after?: string;
  members: readonly Member[];
  next?: string;
}

export function withPage(roster: Roster, { after, members, next }: RosterPage): Roster {
  const people = new Map(roster.people);
  for (const person of members) {
    // Only the first page has visitors, too.
    const entry =
      after === undefined
        ? entryOf(person, people.get(person.userId))
        : { present: isPresent(person), member: true };
    people.set(person.userId, entry);
  }
  return { ...roster, people, next: next ?? null };
}

/** Beginnings of lists have members and visitors: a visitor comes by another protocol, and has joined nowhere. */
function entryOf(person: Member, known: RosterEntry | undefined): RosterEntry {
  return {
    present: isPresent(person),
    member: person.via === undefined || known?.member === true,
  };
}

function isPresent({ state }: Member): boolean {
  return state !== 'offline';
}

/** Drops whoever stands as in `before`: no page and no change since has had that person. */
export function withoutUnseen(roster: Roster, before: Roster): Roster {
  const seen = [...roster.people].filter(([userId, entry]) => before.people.get(userId) !== entry);
  return { ...roster, people: new Map(seen) };
}

export function withPresence(
  roster: Roster,
  changes: readonly PresenceChange[],
  online: number,
): Roster {
  const people = new Map(roster.people);
  for (const change of changes) {
    const member = people.get(change.userId)?.member ?? false;
    const present = isPresent(change);
    if (present || member) {
      people.set(change.userId, { member, present });
    } else {
      people.delete(change.userId);
    }
  }
  return { ...roster, people, online };
}

type MembershipType =
  | 'memberJoined'
  | 'memberAdded'
  | 'memberLeft'
  | 'memberRemoved'
  | 'memberRenamed';

export type MembershipEvent = Pick<
  Extract<LogEvent, { type: MembershipType }>,
  'seq' | 'userId' | 'name'
> & { readonly type: MembershipType; readonly subject?: Named };

export function withMembership(roster: Roster, event: MembershipEvent): Roster {
  if (event.seq <= roster.headSeq) {
    return roster;
  }
  const known = { ...roster, headSeq: event.seq };
  const { userId } = subjectOf(event);
  switch (event.type) {
    case 'memberJoined':
    case 'memberAdded': {
      const before = roster.people.get(userId);
      // Whoever joins is there to do it, whom somebody else lets in need not be; the next presence says more.
      const present = before?.present ?? event.type === 'memberJoined';
      const people = new Map(roster.people).set(userId, { member: true, present });
      return { ...known, people, memberCount: roster.memberCount + 1 };
    }
    case 'memberLeft':
    case 'memberRemoved': {
      const people = new Map(roster.people);
      people.delete(userId);
      return { ...known, people, memberCount: Math.max(0, roster.memberCount - 1) };
    }
    case 'memberRenamed':
      return known;
  }
}

/** A person as a room's list shows one. */
export interface RosterPerson extends Pick<Person, 'userId' | 'name' | 'kind' | 'via'> {
  state: PresenceState;
}

export interface RosterGroup {
  state: PresenceState;
  people: RosterPerson[];
}

const ORDER = ['online', 'away', 'offline'] as const;

/** Those who are there first, each group by name; groups without people are left out. */
export function groupRoster(
  roster: Roster,
  personOf: (userId: number) => Person | undefined,
  collator: Intl.Collator,
): RosterGroup[] {
  const sorted = [...roster.people]
    .flatMap(([userId, entry]) => {
      const person = personOf(userId);
      return person === undefined ? [] : [rosterPerson(person, entry)];
    })
    .sort((a, b) => collator.compare(a.name, b.name));
  return ORDER.map((state) => ({
    state,
    people: sorted.filter((person) => person.state === state),
  })).filter((group) => group.people.length > 0);
}

function rosterPerson(
  { activity, via, ...person }: Person,
  { present }: RosterEntry,
): RosterPerson {
  return present ? { ...person, state: activity, via } : { ...person, state: 'offline' };
}
