import { describe, expect, it } from 'vitest';
import { PeopleTable } from './people-table';

const SAM = 9;
const called = (name: string) => ({ userId: SAM, name });

describe('the table of people', () => {
  it('has the newest name that was told, whichever room told it', () => {
    const people = new PeopleTable();
    people.noteAuthor(called('Samuel'), 20);
    people.noteAuthor(called('Sam'), 10);
    expect(people.nameOf(SAM)).toBe('Samuel');
    people.noteAuthor(called('Samantha'), 30);
    expect(people.nameOf(SAM)).toBe('Samantha');
  });

  it('holds what is told of now against old pages, until something newer comes', () => {
    const people = new PeopleTable();
    people.noteTime(100);
    people.noteNow([called('Samuel')]);
    people.noteAuthor(called('Sam'), 90);
    expect(people.nameOf(SAM)).toBe('Samuel');
    people.noteAuthor(called('Samantha'), 110);
    expect(people.nameOf(SAM)).toBe('Samantha');
  });

  it('tells of renamings, and of nothing else', () => {
    const people = new PeopleTable();
    people.noteAuthor(called('Sam'), 10);
    people.noteMembers([{ ...called('Sam'), state: 'away', kind: 'guest' }]);
    const before = people.version;
    expect(people.get(SAM)).toMatchObject({ name: 'Sam', activity: 'away', kind: 'guest' });
    people.noteAuthor(called('Samuel'), 20);
    expect(people.version).not.toBe(before);
    expect(people.get(SAM)).toMatchObject({ name: 'Samuel', activity: 'away', kind: 'guest' });
  });

  it('takes from a room where somebody is not present who that is, and not how', () => {
    const people = new PeopleTable();
    people.noteMembers([{ ...called('Sam'), state: 'away', kind: 'guest', via: 'simple' }]);
    people.noteMembers([{ ...called('Samuel'), state: 'offline', kind: 'member' }]);
    expect(people.get(SAM)).toEqual({
      ...called('Samuel'),
      kind: 'member',
      activity: 'away',
      via: 'simple',
    });
    people.noteMembers([{ ...called('Samuel'), state: 'online', kind: 'member' }]);
    expect(people.get(SAM)).toMatchObject({ activity: 'online', via: undefined });
  });

  it('has the same object for a person until something changes', () => {
    const people = new PeopleTable();
    const sam = { ...called('Sam'), state: 'online', kind: 'guest' } as const;
    people.noteMembers([sam]);
    const before = people.get(SAM);
    people.noteAuthor(called('Sam'), 10);
    people.noteMembers([sam]);
    expect(people.get(SAM)).toBe(before);
    people.noteMembers([{ ...sam, state: 'away' }]);
    expect(people.get(SAM)).not.toBe(before);
  });

  it('keeps nothing for the next person here', () => {
    const people = new PeopleTable();
    people.noteAuthor(called('Sam'), 10);
    people.clear();
    expect(people.get(SAM)).toBeUndefined();
  });
});
