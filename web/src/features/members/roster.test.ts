import { describe, expect, it } from 'vitest';
import type { Member, PresenceState } from '@/api/generated/protocol';
import { snapshot } from '@/features/messages/test/snapshots';
import {
  groupRoster,
  type Roster,
  rosterFromSnapshot,
  withMembership,
  withoutUnseen,
  withPage,
  withPresence,
} from './roster';

function person(userId: number, state: PresenceState = 'online', name = `P${userId}`): Member {
  return { userId, name, state, guest: true };
}

function roster(members: Member[], memberCount = members.length): Roster {
  return rosterFromSnapshot(snapshot(1, 10, { members, memberCount, online: 1 }));
}

const states = ({ people }: Roster) =>
  [...people.values()].map(({ userId, state }) => [userId, state]);

describe('a roster', () => {
  it('knows from a snapshot whether more people follow', () => {
    expect(roster([person(1)], 1).next).toBeNull();
    expect(roster([person(1)], 2).next).toBeUndefined();
  });

  it('grows by pages, without a person twice', () => {
    const first = withPage(roster([person(3)], 3), {
      members: [person(1), person(3, 'away')],
      next: 'p3',
    });
    const second = withPage(first, { after: 'p3', members: [person(5, 'offline')] });
    expect(states(second)).toEqual([
      [3, 'away'],
      [1, 'online'],
      [5, 'offline'],
    ]);
    expect([first.next, second.next]).toEqual(['p3', null]);
  });
});

describe('presence', () => {
  it('changes states and the number of those online', () => {
    const next = withPresence(roster([person(1), person(2)]), [person(2, 'away')], 7);
    expect(states(next)).toEqual([
      [1, 'online'],
      [2, 'away'],
    ]);
    expect(next.online).toBe(7);
  });

  it('shows somebody who is not in the list, until that person goes', () => {
    const come = withPresence(roster([person(1)]), [person(9)], 2);
    expect(states(come)).toContainEqual([9, 'online']);
    expect(come.memberCount).toBe(1);
    expect(states(withPresence(come, [person(9, 'offline')], 1))).toEqual([[1, 'online']]);
  });

  it('of a member ends no membership', () => {
    expect(states(withPresence(roster([person(1)]), [person(1, 'offline')], 0))).toEqual([
      [1, 'offline'],
    ]);
  });
});

describe('visitors', () => {
  const visitor = (userId: number): Member => ({ ...person(userId), via: 'simple' });

  it('are in the list while they are here, and count as no members', () => {
    const here = roster([person(1), visitor(8)], 2);
    expect(states(here)).toContainEqual([8, 'online']);
    expect(here.next).toBeUndefined();
    expect(roster([person(1), visitor(8)], 1).next).toBeNull();
    const gone = withPresence(here, [{ ...visitor(8), state: 'offline' }], 1);
    expect(states(gone)).toEqual([[1, 'online']]);
  });

  it('are those of the first page who are not known as members', () => {
    const first = withPage(roster([person(1)], 2), { members: [visitor(1), visitor(8)] });
    const later = withPage(first, { after: 'p8', members: [visitor(9)] });
    const gone = [1, 8, 9].map((userId): Member => ({ ...visitor(userId), state: 'offline' }));
    expect(states(withPresence(later, gone, 0))).toEqual([
      [1, 'offline'],
      [9, 'offline'],
    ]);
  });

  it('become members by joining', () => {
    const event = { type: 'memberJoined', seq: 11, userId: 8, name: 'P8' } as const;
    const member = withMembership(roster([visitor(8)], 0), event);
    expect(member.people.get(8)).toMatchObject({ member: true, via: 'simple' });
  });
});

describe('membership', () => {
  const joined = { type: 'memberJoined', seq: 11, userId: 4, name: 'Sam' } as const;

  it('counts who joins and who leaves', () => {
    const one = withMembership(roster([person(1)]), joined);
    expect([one.memberCount, states(one)]).toEqual([
      2,
      [
        [1, 'online'],
        [4, 'online'],
      ],
    ]);
    const two = withMembership(one, { ...joined, type: 'memberLeft', seq: 12 });
    expect([two.memberCount, states(two)]).toEqual([1, [[1, 'online']]]);
  });

  it('counts nothing that the snapshot has counted', () => {
    const before = roster([person(1)]);
    expect(withMembership(before, { ...joined, seq: 10 })).toBe(before);
    const after = withMembership(before, joined);
    expect(withMembership(after, joined)).toBe(after);
  });

  it('keeps what presence has told of somebody before', () => {
    const present = withPresence(roster([person(1)]), [person(4, 'away')], 2);
    const next = withMembership(present, joined);
    expect(next.people.get(4)).toMatchObject({ state: 'away', guest: true, member: true });
  });

  it('follows a new name, without adding anybody', () => {
    const renamed = { ...joined, type: 'memberRenamed', name: 'Alexandra' } as const;
    const next = withMembership(roster([person(4)]), renamed);
    expect(next.people.get(4)?.name).toBe('Alexandra');
    expect(withMembership(roster([person(1)]), renamed).people.has(4)).toBe(false);
  });
});

describe('a list loaded again', () => {
  it('drops who is in no page any more, and keeps who came meanwhile', () => {
    const before = roster([person(1), person(2), person(3)]);
    const come = withPresence(before, [person(8)], 4);
    const loaded = withPage(come, { members: [person(1), person(3, 'offline')] });
    expect(states(withoutUnseen(loaded, before))).toEqual([
      [1, 'online'],
      [3, 'offline'],
      [8, 'online'],
    ]);
  });
});

describe('groups', () => {
  it('put those who are there first, by name, and leave out empty ones', () => {
    const people = [
      person(1, 'offline', 'Zoe'),
      person(2, 'online', 'élan'),
      person(3, 'online', 'Fred'),
      person(4, 'online', 'Eva'),
    ];
    const collator = new Intl.Collator('en', { sensitivity: 'base' });
    const groups = groupRoster(roster(people), collator, (id) => (id === 4 ? 'Eve' : undefined));
    expect(
      groups.map(({ state, people: [...all] }) => [state, all.map(({ name }) => name)]),
    ).toEqual([
      ['online', ['élan', 'Eve', 'Fred']],
      ['offline', ['Zoe']],
    ]);
  });
});
