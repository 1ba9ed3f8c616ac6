import { defineStore } from 'pinia';
import { ref, shallowReactive } from 'vue';
import type { PresenceChange, RoomSnapshot } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { usePeople } from '@/features/people/store';
import {
  type MembershipEvent,
  type Roster,
  rosterFromSnapshot,
  withMembership,
  withoutUnseen,
  withPage,
  withPresence,
} from './roster';

const PAGE = 200;
/** A longer list is loaded again only as far as it is looked at. */
const MOST_FRESH_PAGES = 5;

/** Who is in each joined room, by id. What is known of them, the table of people says. */
export const useMembers = defineStore('members', () => {
  const connection = useConnection();
  const people = usePeople();
  const rosters = shallowReactive(new Map<number, Roster>());
  /** Rooms whose list has a hole, because changes were missed. */
  const stale = ref(new Set<number>());

  function roster(room: number): Roster | undefined {
    return rosters.get(room);
  }

  /** Those in a room as far as they are known: who is present comes first. */
  function peopleIn(room: number): { userId: number; name: string }[] {
    return [...(roster(room)?.people ?? [])]
      .sort(([, left], [, right]) => Number(right.present) - Number(left.present))
      .flatMap(([userId]) => {
        const name = people.table.nameOf(userId);
        return name === undefined ? [] : [{ userId, name }];
      });
  }

  function namesIn(room: number): string[] {
    return peopleIn(room).map(({ name }) => name);
  }

  function applySnapshot(snapshot: RoomSnapshot): void {
    rosters.set(snapshot.room, rosterFromSnapshot(snapshot));
    // A room that is joined without being shown comes without its people; they are asked for when it is.
    if (snapshot.members.length === 0) {
      stale.value.add(snapshot.room);
    } else {
      stale.value.delete(snapshot.room);
    }
  }

  function applyPresence(room: number, changes: readonly PresenceChange[], online: number): void {
    update(room, (known) => withPresence(known, changes, online));
  }

  function applyMembership(room: number, event: MembershipEvent): void {
    update(room, (known) => withMembership(known, event));
  }

  function forget(room: number): void {
    rosters.delete(room);
    stale.value.delete(room);
  }

  function forgetAll(): void {
    rosters.clear();
    stale.value.clear();
  }

  function markStale(room: number): void {
    stale.value.add(room);
  }

  function markAllStale(): void {
    stale.value = new Set(rosters.keys());
  }

  /** Loads the page after the ones that are known. */
  async function loadMore(room: number): Promise<void> {
    const known = rosters.get(room);
    if (known === undefined || known.next === null) {
      return;
    }
    const page = await requestPage(room, known.next);
    update(room, (now) => withPage(now, page));
  }

  /** Loads again what is on show, after changes were missed. Changes that come meanwhile hold. */
  async function refresh(room: number): Promise<void> {
    const before = rosters.get(room);
    if (before === undefined) {
      return;
    }
    stale.value.delete(room);
    try {
      let after: string | undefined;
      let loaded = 0;
      for (let pages = 0; pages < MOST_FRESH_PAGES; pages += 1) {
        const page = await requestPage(room, after);
        update(room, (now) => withPage(now, page));
        after = page.next;
        loaded += page.members.length;
        if (after === undefined || loaded >= before.people.size) {
          break;
        }
      }
      update(room, (now) => withoutUnseen(now, before));
    } catch (error) {
      stale.value.add(room);
      throw error;
    }
  }

  async function requestPage(room: number, after?: string) {
    const reply = await connection.request({ type: 'members', room, after, limit: PAGE });
    return { after, members: reply.members, next: reply.next };
  }

  function update(room: number, change: (known: Roster) => Roster): void {
    const known = rosters.get(room);
    if (known !== undefined) {
      rosters.set(room, change(known));
    }
  }

  return {
    stale,
    roster,
    peopleIn,
    namesIn,
    applySnapshot,
    applyPresence,
    applyMembership,
    forget,
    forgetAll,
    markStale,
    markAllStale,
    loadMore,
    refresh,
  };
});
