import { describe, expect, it } from 'vitest';
import type { Member, PresenceState } from '@/api/generated/protocol';
import { snapshot } from '@/features/messages/test/snapshots';
import { PeopleTable } from '@/features/people/people-table';
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
  return { userId, name, state, kind: 'guest' };
}

function roster(members: Member[], memberCount = members.length): Roster {
  return rosterFromSnapshot(snapshot(1, 10, { members, memberCount, online: 1 }));
}

/** Who is in the list, and whether present. */
const listed = ({ people }: Roster) =>
  [...people].map(([userId, { present }]) => [userId, present]);

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
    expect(listed(second)).toEqual([
      [3, true],
      [1, true],
      [5, false],
    ]);
    expect([first.next, second.next]).toEqual(['p3', null]);
  });
});

describe('presence', () => {
  it('changes who is here and the number of those online', () => {
    const before = roster([person(1), person(2), person(3, 'offline')]);
    const next = withPresence(before, [person(2, 'offline'), person(3, 'away')], 7);
    expect(listed(next)).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(next.online).toBe(7);
  });

  it('shows somebody who is not in the list, until that person goes', () => {
    const come = withPresence(roster([person(1)]), [person(9)], 2);
    expect(listed(come)).toContainEqual([9, true]);
    expect(come.memberCount).toBe(1);
    expect(listed(withPresence(come, [person(9, 'offline')], 1))).toEqual([[1, true]]);
  });

  it('of a member ends no membership', () => {
    expect(listed(withPresence(roster([person(1)]), [person(1, 'offline')], 0))).toEqual([
      [1, false],
    ]);
  });
});

describe('visitors', () => {
  const visitor = (userId: number): Member => ({ ...person(userId), via: 'simple' });

  it('are in the list while they are here, and count as no members', () => {
    const here = roster([person(1), visitor(8)], 2);
    expect(listed(here)).toContainEqual([8, true]);
    expect(here.next).toBeUndefined();
    expect(roster([person(1), visitor(8)], 1).next).toBeNull();
    const gone = withPresence(here, [{ ...visitor(8), state: 'offline' }], 1);
    expect(listed(gone)).toEqual([[1, true]]);
  });

  it('are those of the first page who are not known as members', () => {
    const first = withPage(roster([person(1)], 2), { members: [visitor(1), visitor(8)] });
    const later = withPage(first, { after: 'p8', members: [visitor(9)] });
    const gone = [1, 8, 9].map((userId): Member => ({ ...visitor(userId), state: 'offline' }));
    expect(listed(withPresence(later, gone, 0))).toEqual([
      [1, false],
      [9, false],
    ]);
  });

  it('become members by joining', () => {
    const event = { type: 'memberJoined', seq: 11, userId: 8, name: 'P8' } as const;
    const member = withMembership(roster([visitor(8)], 0), event);
    expect(member.people.get(8)).toEqual({ member: true, present: true });
  });
});

describe('membership', () => {
  const joined = { type: 'memberJoined', seq: 11, userId: 4, name: 'Sam' } as const;

  it('counts who joins and who leaves', () => {
    const one = withMembership(roster([person(1)]), joined);
    expect([one.memberCount, listed(one)]).toEqual([
      2,
      [
        [1, true],
        [4, true],
      ],
    ]);
    const two = withMembership(one, { ...joined, type: 'memberLeft', seq: 12 });
    expect([two.memberCount, listed(two)]).toEqual([1, [[1, true]]]);
  });

  it('counts nothing that the snapshot has counted', () => {
    const before = roster([person(1)]);
    expect(withMembership(before, { ...joined, seq: 10 })).toBe(before);
    const after = withMembership(before, joined);
    expect(withMembership(after, joined)).toBe(after);
  });

  it('keeps what presence has told of somebody before', () => {
    const away = withPresence(roster([person(1), person(4)]), [person(4, 'offline')], 1);
    expect(withMembership(away, joined).people.get(4)).toEqual({ member: true, present: false });
  });

  it('does not change with a name, and nobody comes by one', () => {
    const renamed = { ...joined, type: 'memberRenamed', name: 'Alexandra' } as const;
    expect(listed(withMembership(roster([person(4)]), renamed))).toEqual([[4, true]]);
    expect(withMembership(roster([person(1)]), renamed).people.has(4)).toBe(false);
  });

  it('is that of the person to whom it happens, whoever does it', () => {
    const subject = { userId: 5, name: 'Kim' };
    const before = roster([person(4), person(5)]);
    const removed = withMembership(before, { ...joined, type: 'memberRemoved', subject });
    expect([removed.memberCount, listed(removed)]).toEqual([1, [[4, true]]]);
    // Who was let in by somebody else need not be there.
    const added = withMembership(removed, { ...joined, type: 'memberAdded', seq: 12, subject });
    expect([added.memberCount, added.people.get(5)]).toEqual([2, { member: true, present: false }]);
  });
});

describe('a list loaded again', () => {
  it('drops who is in no page any more, and keeps who came meanwhile', () => {
    const before = roster([person(1), person(2), person(3)]);
    const come = withPresence(before, [person(8)], 4);
    const loaded = withPage(come, { members: [person(1), person(3, 'offline')] });
    expect(listed(withoutUnseen(loaded, before))).toEqual([
      [1, true],
      [3, false],
      [8, true],
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
      person(5, 'away', 'Kim'),
    ];
    const table = new PeopleTable();
    table.noteMembers(people);
    table.noteNow([{ userId: 4, name: 'Eve' }]);
    const collator = new Intl.Collator('en', { sensitivity: 'base' });
    const groups = groupRoster(roster(people), (userId) => table.get(userId), collator);
    expect(
      groups.map(({ state, people: [...all] }) => [state, all.map(({ name }) => name)]),
    ).toEqual([
      ['online', ['élan', 'Eve', 'Fred']],
      ['away', ['Kim']],
      ['offline', ['Zoe']],
    ]);
  });

  it('tell by which protocol somebody is here, and not of somebody who is not', () => {
    const visitor: Member = { ...person(8), via: 'simple' };
    const table = new PeopleTable();
    table.noteMembers([visitor]);
    const people = (here: Roster) =>
      groupRoster(here, (userId) => table.get(userId), new Intl.Collator('en')).flatMap(
        (group) => group.people,
      );
    expect(people(roster([visitor]))).toMatchObject([{ state: 'online', via: 'simple' }]);
    const [offline] = people(roster([person(8, 'offline')]));
    expect(offline).toMatchObject({ state: 'offline', kind: 'guest' });
    expect(offline?.via).toBeUndefined();
  });
});
