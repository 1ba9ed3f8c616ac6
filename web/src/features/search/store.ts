import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { isForbidden } from '@/api/errors';
import type { LogEvent } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import { describeError } from '@/locales/describe-error';

export type Scope = 'room' | 'all';
export type Hit = Extract<LogEvent, { type: 'message' }>;

/** How late the index may be before that is told: a moment is usual. */
const LATE_MS = 10_000;
/** Nothing is asked while somebody types. */
const TYPING_PAUSE_MS = 250;

/** What somebody looks for, and what was found. It stays while one looks at a message and comes back. */
export const useSearch = defineStore('search', () => {
  const connection = useConnection();
  const session = useSession();
  const query = ref('');
  const scope = ref<Scope>('room');
  const hits = ref<readonly Hit[]>([]);
  /** What the hits were found by; null while nothing was found yet. */
  const found = ref<{ query: string; room: number | null } | null>(null);
  const next = ref<string>();
  const searchedTo = ref<number>();
  const indexedTo = ref<number>();
  const loading = ref(false);
  const error = ref('');
  const refused = ref(false);
  /** Another one with each question: a late answer to another one concerns nobody. */
  let question = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const isEmpty = computed(() => query.value.trim() === '');

  function forget(): void {
    question += 1;
    clearTimeout(pause);
    hits.value = [];
    found.value = null;
    next.value = undefined;
    searchedTo.value = undefined;
    indexedTo.value = undefined;
    loading.value = false;
    error.value = '';
  }

  // What one person found is nothing for the next.
  watch(
    () => session.user?.userId,
    () => {
      query.value = '';
      forget();
    },
    { flush: 'sync' },
  );

  function roomMeant(room: number): number | null {
    return scope.value === 'room' ? room : null;
  }

  /** Whether what is shown answers the present text and scope. */
  function isCurrent(room: number): boolean {
    return found.value?.query === query.value.trim() && found.value.room === roomMeant(room);
  }

  /** Asks for the first page, or for the one behind what is shown. */
  async function ask(room: number, before?: string): Promise<void> {
    const [q, only] = [query.value.trim(), roomMeant(room)];
    if (before === undefined) {
      forget();
    }
    if (q === '') {
      return;
    }
    question += 1;
    const mine = question;
    loading.value = true;
    error.value = '';
    try {
      const page = await connection.request({
        type: 'search',
        q,
        ...(only !== null && { room: only }),
        ...(before !== undefined && { before }),
      });
      if (mine !== question) {
        return;
      }
      const messages = page.hits.filter((hit) => hit.type === 'message');
      hits.value = before === undefined ? messages : [...hits.value, ...messages];
      found.value = { query: q, room: only };
      next.value = page.next;
      searchedTo.value = page.searchedTo;
      const isLate = page.indexedTo !== undefined && page.indexedTo < Date.now() - LATE_MS;
      indexedTo.value = isLate ? page.indexedTo : undefined;
    } catch (caught) {
      if (mine === question) {
        error.value = describeError(caught);
        refused.value = isForbidden(caught);
      }
    } finally {
      if (mine === question) {
        loading.value = false;
      }
    }
  }

  function askSoon(room: number): void {
    clearTimeout(pause);
    pause = setTimeout(() => void ask(room), TYPING_PAUSE_MS);
  }

  return {
    query,
    scope,
    hits,
    found,
    next,
    searchedTo,
    indexedTo,
    loading,
    error,
    refused,
    isEmpty,
    isCurrent,
    ask,
    askSoon,
  };
});
