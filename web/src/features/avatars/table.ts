import { shallowReactive } from 'vue';
import type { Avatars } from '@/api/generated/protocol';
import type { AvatarOwner, AvatarPictures } from '@/ui/avatar';

/** Of which one request asks. */
const ASKED_AT_ONCE = 200;
/** What is shown together is asked together. */
const GATHER_MS = 30;

type Ask = (people: number[], rooms: number[]) => Promise<Avatars>;

/** Which pictures there are of those on show. A picture is called otherwise when it changes, so that a browser keeps what it has. */
export class AvatarTable implements AvatarPictures {
  /** Null for those who have none. */
  private readonly names = shallowReactive(new Map<AvatarOwner, string | null>());
  private readonly wanted = new Set<AvatarOwner>();
  /** Of whom the last request failed. They are asked for with the next welcome, and not before: that would be a loop. */
  private readonly missed = new Set<AvatarOwner>();
  /** Of whom something was told while an answer was under way. */
  private readonly told = new Set<AvatarOwner>();
  /** Another number for each person here. */
  private reader = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: Ask) {}

  find(owner: AvatarOwner): string | undefined {
    const name = this.names.get(owner);
    if (name === undefined) {
      this.want(owner);
    }
    return name ? `files/avatars/${name}?v=thumb` : undefined;
  }

  note(owner: AvatarOwner, avatar: string | undefined): void {
    this.told.add(owner);
    this.names.set(owner, avatar ?? null);
  }

  /** Asks anew for one that is on show. */
  look(owner: AvatarOwner): void {
    if (this.names.has(owner)) {
      this.want(owner);
    }
  }

  /** The same of all: they may be others by now. */
  lookAtAll(): void {
    this.want('server');
    for (const owner of [...this.names.keys(), ...this.missed]) {
      this.want(owner);
    }
    this.missed.clear();
  }

  /** Who is here next may not see the same. */
  clear(): void {
    this.reader += 1;
    this.names.clear();
    this.wanted.clear();
    this.missed.clear();
  }

  private want(owner: AvatarOwner): void {
    this.wanted.add(owner);
    this.timer ??= setTimeout(() => void this.fetch(), GATHER_MS);
  }

  private async fetch(): Promise<void> {
    const owners = [...this.wanted].slice(0, ASKED_AT_ONCE);
    const { reader } = this;
    this.told.clear();
    for (const owner of owners) {
      this.wanted.delete(owner);
    }
    try {
      const found = await this.ask(numbers(owners, 'p'), numbers(owners, 'r'));
      if (reader === this.reader) {
        this.apply(owners, found);
      }
    } catch {
      if (reader === this.reader) {
        this.miss(owners);
      }
    } finally {
      this.timer = undefined;
    }
    if (this.wanted.size > 0) {
      this.timer = setTimeout(() => void this.fetch(), GATHER_MS);
    }
  }

  private miss(owners: readonly AvatarOwner[]): void {
    for (const owner of owners) {
      this.missed.add(owner);
    }
  }

  private apply(owners: readonly AvatarOwner[], { people, rooms, server }: Avatars): void {
    const found = new Map<AvatarOwner, string | undefined>([['server', server]]);
    for (const { userId, avatar } of people) {
      found.set(`p${userId}`, avatar);
    }
    for (const { room, avatar } of rooms) {
      found.set(`r${room}`, avatar);
    }
    for (const owner of owners) {
      if (!this.told.has(owner)) {
        this.names.set(owner, found.get(owner) ?? null);
      }
    }
  }
}

function numbers(owners: readonly AvatarOwner[], kind: 'p' | 'r'): number[] {
  return owners.filter((owner) => owner.startsWith(kind)).map((owner) => Number(owner.slice(1)));
}
