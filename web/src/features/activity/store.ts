import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { Activity, ActivityPage } from '@/api/generated/protocol';
import { answerTo } from '@/api/http';
import { useSession } from '@/features/session/store';

/** Entries of a page. */
const ENTRIES = 50;

/** What concerned this person, as far as it was loaded. */
export const useActivity = defineStore('activity', () => {
  const session = useSession();
  const list = shallowRef<readonly Activity[]>();
  const next = shallowRef<number>();
  /** Another number with each list that begins anew, so that nothing of the one before comes into it. */
  let version = 0;

  watch(
    () => session.user?.userId,
    () => {
      version += 1;
      list.value = undefined;
      next.value = undefined;
    },
    { flush: 'sync' },
  );

  async function load(before?: number): Promise<void> {
    version += before === undefined ? 1 : 0;
    const asked = version;
    const behind = before === undefined ? '' : `&before=${before}`;
    const page = await session.ask((token) =>
      answerTo<ActivityPage>(`activity?limit=${ENTRIES}${behind}`, { token }),
    );
    if (asked === version) {
      list.value = before === undefined ? page.activity : [...(list.value ?? []), ...page.activity];
      next.value = page.next;
    }
  }

  return { list, next, refresh: () => load(), loadMore: () => load(next.value) };
});
