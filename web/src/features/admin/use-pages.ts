import { onMounted, type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { ENTRIES } from '@/api/admin';
import { useSession } from '@/features/session/store';
import { type Attempt, useAttempt } from '@/ui/use-attempt';

export interface Pages<Entry> {
  /** Nothing before the first page is there. */
  entries: ShallowRef<readonly Entry[] | undefined>;
  more: Readonly<Ref<boolean>>;
  busy: Readonly<Ref<boolean>>;
  error: Ref<string>;
  refused: Attempt['refused'];
  /** Loads the page after the ones that are there. */
  load: () => Promise<boolean>;
  attempt: Attempt['attempt'];
}

/** A list of the server that comes page by page; the next one begins behind the number of the last entry. */
export function usePages<Entry>(
  fetchPage: (token: string, last?: number) => Promise<readonly Entry[]>,
  numberOf: (entry: Entry) => number,
): Pages<Entry> {
  const session = useSession();
  const entries: Pages<Entry>['entries'] = shallowRef();
  const more = ref(false);
  const { busy, error, refused, attempt } = useAttempt();

  function load(): Promise<boolean> {
    return attempt(async () => {
      const known = entries.value ?? [];
      const last = known.at(-1);
      const page = await session.ask((token) =>
        fetchPage(token, last === undefined ? undefined : numberOf(last)),
      );
      entries.value = [...known, ...page];
      more.value = page.length === ENTRIES;
    });
  }

  onMounted(load);
  return { entries, more, busy, error, refused, load, attempt };
}
