import type { Member, PresenceChange, RoomSnapshot } from '@/api/generated/protocol';

export interface RosterEntry extends Member {
  /** False for somebody who is present without being known as a member, such as a visitor: offline, that person is gone. */
  member: boolean;
}

/** The people of one room as far as they are known. Each change makes a new roster. */
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
        : { ...person, member: true };
    people.set(person.userId, entry);
  }
  return { ...roster, people, next: next ?? null };
}

/** Beginnings of lists have members and visitors: a visitor comes by another protocol, and has joined nowhere. */
function entryOf(person: Member, known: RosterEntry | undefined): RosterEntry {
  return { ...person, member: person.via === undefined || known?.member === true };
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
    if (change.state === 'offline' && !member) {
      people.delete(change.userId);
    } else {
      people.set(change.userId, { ...change, member });
    }
  }
  return { ...roster, people, online };
}

export interface MembershipEvent {
  type: 'memberJoined' | 'memberLeft' | 'memberRenamed';
  seq: number;
  userId: number;
  name: string;
}

export function withMembership(roster: Roster, event: MembershipEvent): Roster {
  if (event.seq <= roster.headSeq) {
    return roster;
  }
  const people = new Map(roster.people);
  const known = people.get(event.userId);
  let { memberCount } = roster;
  if (event.type === 'memberJoined') {
    memberCount += 1;
    // Whoever joins is there to do it; the next presence says more.
    people.set(event.userId, {
      userId: event.userId,
      state: 'online',
      guest: false,
      ...known,
      name: event.name,
      member: true,
    });
  } else if (event.type === 'memberLeft') {
    memberCount = Math.max(0, memberCount - 1);
    people.delete(event.userId);
  } else if (known !== undefined) {
    people.set(event.userId, { ...known, name: event.name });
  }
  return { ...roster, people, memberCount, headSeq: event.seq };
}

export interface RosterGroup {
  state: RosterEntry['state'];
  people: RosterEntry[];
}

const ORDER = ['online', 'away', 'offline'] as const;

/** Those who are there first, each group by name as it is now; groups without people are left out. */
export function groupRoster(
  roster: Roster,
  collator: Intl.Collator,
  nameOf: (userId: number) => string | undefined,
): RosterGroup[] {
  const sorted = [...roster.people.values()]
    .map((entry) => ({ ...entry, name: nameOf(entry.userId) ?? entry.name }))
    .sort((a, b) => collator.compare(a.name, b.name));
  return ORDER.map((state) => ({
    state,
    people: sorted.filter((person) => person.state === state),
  })).filter((group) => group.people.length > 0);
}
