import { defineStore } from 'pinia';
import { ref, shallowReactive } from 'vue';
import type { PresenceChange, RoomSnapshot } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
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

/** The people of each joined room, and everybody's name as it is now. */
export const useMembers = defineStore('members', () => {
  const connection = useConnection();
  const rosters = shallowReactive(new Map<string, Roster>());
  const names = shallowReactive(new Map<number, string>());
  /** Rooms whose list has a hole, because changes were missed. */
  const stale = ref(new Set<string>());

  function roster(slug: string): Roster | undefined {
    return rosters.get(slug);
  }

  function nameOf(userId: number): string | undefined {
    return names.get(userId);
  }

  function takeSnapshot(snapshot: RoomSnapshot): void {
    rosters.set(snapshot.room, rosterFromSnapshot(snapshot));
    // A room that is joined without being shown comes without its people; they are asked for when it is.
    if (snapshot.members.length === 0) {
      stale.value.add(snapshot.room);
    } else {
      stale.value.delete(snapshot.room);
    }
    noteNames(snapshot.members);
  }

  function takePresence(slug: string, changes: readonly PresenceChange[], online: number): void {
    noteNames(changes);
    update(slug, (known) => withPresence(known, changes, online));
  }

  function takeMembership(slug: string, event: MembershipEvent): void {
    noteNames([event]);
    update(slug, (known) => withMembership(known, event));
  }

  function forget(slug: string): void {
    rosters.delete(slug);
    stale.value.delete(slug);
  }

  function forgetAll(): void {
    rosters.clear();
    names.clear();
    stale.value.clear();
  }

  function markStale(slug: string): void {
    stale.value.add(slug);
  }

  function markAllStale(): void {
    stale.value = new Set(rosters.keys());
  }

  /** Loads the page after the ones that are known. */
  async function loadMore(slug: string): Promise<void> {
    const known = rosters.get(slug);
    if (known === undefined || known.next === null) {
      return;
    }
    const page = await requestPage(slug, known.next);
    update(slug, (now) => withPage(now, page));
  }

  /** Loads again what is on show, after changes were missed. Changes that come meanwhile hold. */
  async function refresh(slug: string): Promise<void> {
    const before = rosters.get(slug);
    if (before === undefined) {
      return;
    }
    stale.value.delete(slug);
    try {
      let after: string | undefined;
      let loaded = 0;
      for (let pages = 0; pages < MOST_FRESH_PAGES; pages += 1) {
        const page = await requestPage(slug, after);
        update(slug, (now) => withPage(now, page));
        after = page.next;
        loaded += page.members.length;
        if (after === undefined || loaded >= before.people.size) {
          break;
        }
      }
      update(slug, (now) => withoutUnseen(now, before));
    } catch (error) {
      stale.value.add(slug);
      throw error;
    }
  }

  async function requestPage(slug: string, after?: string) {
    const reply = await connection.request({ type: 'members', room: slug, after, limit: PAGE });
    noteNames(reply.members);
    return { after, members: reply.members, next: reply.next };
  }

  function update(slug: string, change: (known: Roster) => Roster): void {
    const known = rosters.get(slug);
    if (known !== undefined) {
      rosters.set(slug, change(known));
    }
  }

  function noteNames(people: readonly { userId: number; name: string }[]): void {
    for (const { userId, name } of people) {
      names.set(userId, name);
    }
  }

  return {
    stale,
    roster,
    nameOf,
    takeSnapshot,
    takePresence,
    takeMembership,
    forget,
    forgetAll,
    markStale,
    markAllStale,
    loadMore,
    refresh,
  };
});
