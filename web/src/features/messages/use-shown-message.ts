import { nextTick, onScopeDispose, type Ref, ref, watch } from 'vue';
import type { Lookup } from './history';
import type { Row } from './rows';

interface ShownMessageOptions {
  /** The message that the address names. */
  seq: () => number | null;
  rows: () => readonly Row[];
  /** Whether pages can be loaded now. */
  ready: () => boolean;
  /** Loads the messages around it. */
  lookUp: (seq: number) => Promise<Lookup>;
  /** Has the rows be those around it. */
  showAround: (seq: number) => void;
  scrollToKey: (key: string) => void;
  showNewest: () => void;
}

/** Why the message is not on show. */
export type Absence = Exclude<Lookup, 'found' | 'lost'>;

interface ShownMessage {
  absence: Readonly<Ref<Absence | null>>;
  /** The list is not yet where the address wants it. */
  seeking: Readonly<Ref<boolean>>;
  /** Looks for it again, when the connection is back if there is none. */
  retry: () => void;
}

/** Takes the list to the message that the address names, once for each address. */
export function useShownMessage(options: ShownMessageOptions): ShownMessage {
  const absence = ref<Absence | null>(null);
  const seeking = ref(options.seq() !== null);
  /** The search whose outcome counts. What comes of earlier ones, or after the reader has left, moves nothing. */
  let search: { seq: number } | null = null;

  function keyOf(seq: number): string | undefined {
    return options.rows().find((row) => row.kind === 'message' && row.seq === seq)?.key;
  }

  async function show(seq: number): Promise<void> {
    const own = { seq };
    search = own;
    absence.value = null;
    seeking.value = true;
    const lookup = await options.lookUp(seq);
    if (search !== own) {
      return;
    }
    if (lookup === 'lost') {
      // It is looked for again when the connection is back.
      search = null;
      return;
    }
    let key: string | undefined;
    if (lookup === 'found') {
      options.showAround(seq);
      key = keyOf(seq);
    }
    if (key === undefined) {
      absence.value = lookup === 'found' ? 'missing' : lookup;
    } else {
      await nextTick();
      if (search !== own) {
        return;
      }
      options.scrollToKey(key);
    }
    seeking.value = false;
  }

  function showWhenReady(seq: number): void {
    if (options.ready() && search?.seq !== seq) {
      void show(seq);
    }
  }

  function retry(): void {
    const seq = options.seq();
    if (seq !== null) {
      search = null;
      absence.value = null;
      seeking.value = true;
      showWhenReady(seq);
    }
  }

  watch(
    [options.seq, options.ready] as const,
    ([seq], [before]) => {
      if (seq !== null) {
        showWhenReady(seq);
        return;
      }
      absence.value = null;
      seeking.value = false;
      search = null;
      if (before !== null && before !== undefined) {
        options.showNewest();
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    search = null;
  });

  return { absence, seeking, retry };
}
