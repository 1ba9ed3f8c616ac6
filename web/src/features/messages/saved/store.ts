import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { SavedMessage } from '@/api/generated/protocol';
import { fetchSaved, setSaved } from '@/api/saved';
import { useSession } from '@/features/session/store';

/** The messages that this person keeps for later, as far as they were loaded. */
export const useSaved = defineStore('saved', () => {
  const session = useSession();
  const list = shallowRef<readonly SavedMessage[]>();
  const next = shallowRef<number>();
  const keys = computed(() => new Set(list.value?.map(({ message }) => keyOf(message))));
  let loading: Promise<void> | undefined;
  /** Another number with each list that begins anew, so that nothing of the one before comes into it. */
  let version = 0;

  function forget(): void {
    version += 1;
    loading = undefined;
    list.value = undefined;
    next.value = undefined;
  }

  watch(() => session.user?.userId, forget, { flush: 'sync' });

  async function load(before?: number): Promise<void> {
    version += before === undefined ? 1 : 0;
    const asked = version;
    const page = await session.ask((token) => fetchSaved(token, before));
    if (asked === version) {
      list.value = before === undefined ? page.saved : [...(list.value ?? []), ...page.saved];
      next.value = page.next;
    }
  }

  /** The first page, anew: it may have changed on another device. */
  function refresh(): Promise<void> {
    if (loading === undefined) {
      const begun = load().finally(() => {
        loading = loading === begun ? undefined : loading;
      });
      loading = begun;
    }
    return loading;
  }

  const loadMore = () => load(next.value);

  async function set(room: number, seq: number, saved: boolean): Promise<void> {
    await session.ask((token) => setSaved({ room, seq, saved }, token));
    if (!saved) {
      list.value = list.value?.filter(({ message }) => keyOf(message) !== keyOf({ room, seq }));
    } else if (list.value !== undefined) {
      await refresh();
    }
  }

  return {
    list,
    next,
    refresh,
    loadMore,
    set,
    has: (room: number, seq: number) => keys.value.has(keyOf({ room, seq })),
  };
});

function keyOf({ room, seq }: { room: number; seq: number }): string {
  return `${room}:${seq}`;
}
