import { onScopeDispose, type Ref, ref, watch } from 'vue';
import { type Pages, usePages } from './use-pages';

/** Nothing is asked while somebody types. */
const TYPING_PAUSE_MS = 200;

/** A list of the server that begins anew with what is searched for. */
export function usePagedSearch<Entry>(
  fetchPage: (search: string, token: string, last?: number) => Promise<readonly Entry[]>,
  numberOf: (entry: Entry) => number,
): Pages<Entry> & { search: Ref<string> } {
  const search = ref('');
  const pages = usePages<Entry>(async (token, last) => {
    const asked = search.value;
    const found = await fetchPage(asked, token, last);
    return asked === search.value ? found : [];
  }, numberOf);
  let pause: ReturnType<typeof setTimeout> | undefined;

  watch(search, askSoon);
  onScopeDispose(() => clearTimeout(pause));

  /** As soon as the question before is answered. */
  function askSoon(): void {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (pages.busy.value) {
        askSoon();
      } else {
        pages.entries.value = undefined;
        void pages.load();
      }
    }, TYPING_PAUSE_MS);
  }

  return { ...pages, search };
}
