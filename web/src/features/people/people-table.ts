import { type ShallowRef, shallowReactive, shallowRef } from 'vue';
import type { PresenceState } from '@/api/generated/protocol';

/** What is known of somebody, in whatever room. */
export interface Person {
  readonly userId: number;
  readonly name: string;
  readonly guest: boolean;
  readonly state: PresenceState;
  /** The protocol by which the person is connected, when it is not this one. */
  readonly via?: string;
}

interface Known extends Person {
  /** The server's time at which the person was called so, in milliseconds. */
  readonly namedAt: number;
}

/** Everybody who was heard of, by id. What is told of a person is written here and nowhere else. */
export class PeopleTable {
  private readonly people = shallowReactive(new Map<number, Known>());
  private readonly renamings: ShallowRef<number> = shallowRef(0);
  /** The newest time that the server has told: what it says without a time is at least as new. */
  private clock = 0;

  get(userId: number): Person | undefined {
    return this.people.get(userId);
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
  noteAuthor({ userId, name }: { userId: number; name: string }, at: number): void {
    this.noteTime(at);
    const known = this.people.get(userId);
    if (known === undefined || at >= known.namedAt) {
      this.put({ userId, guest: false, state: 'offline', ...known, name, namedAt: at });
    }
  }

  /** Takes what the server says of people as they are now; it need not say everything. */
  noteNow(people: readonly (Pick<Person, 'userId' | 'name'> & Partial<Person>)[]): void {
    for (const person of people) {
      const known = this.people.get(person.userId);
      this.put({ guest: false, state: 'offline', ...known, ...person, namedAt: this.clock });
    }
  }

  clear(): void {
    this.people.clear();
    this.clock = 0;
  }

  private put(person: Known): void {
    const before = this.people.get(person.userId);
    this.people.set(person.userId, person);
    if (before !== undefined && before.name !== person.name) {
      this.renamings.value += 1;
    }
  }
}
