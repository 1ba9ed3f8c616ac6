import { type ShallowRef, shallowReactive, shallowRef } from 'vue';
import type { AccountKind, Member, PresenceState } from '@/api/generated/protocol';

/** How a person is who is connected. Where the person is present, each room says of itself. */
export type Activity = Exclude<PresenceState, 'offline'>;

/** What is known of somebody, in whatever room. */
export interface Person {
  readonly userId: number;
  readonly name: string;
  readonly kind: AccountKind;
  /** As told last; it means nothing while the person is present nowhere. */
  readonly activity: Activity;
  /** The protocol by which the person is connected, when it is not this one. */
  readonly via?: string;
}

/** Everybody who was heard of, by id. What is told of a person is written here and nowhere else. */
export class PeopleTable {
  /** A change makes a new object, and without one the object stays: what shows the person is not made anew for each message. */
  private readonly people = shallowReactive(new Map<number, Person>());
  /** The server's time at which each was called as now, in milliseconds. */
  private readonly namedAt = new Map<number, number>();
  private readonly renamings: ShallowRef<number> = shallowRef(0);
  /** The newest time that the server has told: what it says without a time is at least as new. */
  private clock = 0;

  get(userId: number): Person | undefined {
    return this.people.get(userId);
  }

  all(): Person[] {
    return [...this.people.values()];
  }

  nameOf(userId: number): string | undefined {
    return this.people.get(userId)?.name;
  }

  /** Another number after each renaming. */
  get version(): number {
    return this.renamings.value;
  }

  /** The server says that it is this late. */
  noteTime(at: number): void {
    this.clock = Math.max(this.clock, at);
  }

  /** The log says how somebody was called at that time; an old page does not bring an old name back. */
  noteAuthor({ userId, name }: Pick<Person, 'userId' | 'name'>, at: number): void {
    this.noteTime(at);
    if (at >= (this.namedAt.get(userId) ?? Number.NEGATIVE_INFINITY)) {
      this.namedAt.set(userId, at);
      this.put({ ...this.known(userId), name });
    }
  }

  /** Takes what the server says of people as they are now; it need not say what sort of account they have. */
  noteNow(people: readonly (Pick<Person, 'userId' | 'name'> & { kind?: AccountKind })[]): void {
    for (const { userId, name, kind } of people) {
      const known = this.known(userId);
      this.namedAt.set(userId, this.clock);
      this.put({ ...known, name, kind: kind ?? known.kind });
    }
  }

  /** Takes a room's list of people. Somebody who is offline there may be present in another room, so that it tells less. */
  noteMembers(members: readonly Member[]): void {
    this.noteNow(members);
    for (const { userId, state, via } of members) {
      if (state !== 'offline') {
        this.put({ ...this.known(userId), activity: state, via });
      }
    }
  }

  clear(): void {
    this.people.clear();
    this.namedAt.clear();
    this.clock = 0;
  }

  private known(userId: number): Person {
    return this.people.get(userId) ?? { userId, name: '', kind: 'member', activity: 'online' };
  }

  private put(person: Person): void {
    const before = this.people.get(person.userId);
    if (before === undefined || !isSame(before, person)) {
      this.people.set(person.userId, person);
    }
    if (before !== undefined && before.name !== person.name) {
      this.renamings.value += 1;
    }
  }
}

function isSame(left: Person, right: Person): boolean {
  return (
    left.name === right.name &&
    left.kind === right.kind &&
    left.activity === right.activity &&
    left.via === right.via
  );
}
