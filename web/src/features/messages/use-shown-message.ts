import { nextTick, type Ref, ref, watch } from 'vue';
import type { Lookup } from './history';
import type { Row } from './rows';

interface ShownMessageOptions {
  /** The message that the address names. */
  seq: () => number | null;
  rows: () => readonly Row[];
  /** Whether pages can be loaded now. */
  ready: () => boolean;
  /** Loads the messages around it. */
  load: (seq: number) => Promise<Lookup>;
  scrollToKey: (key: string) => void;
  showNewest: () => void;
}

/** Why the message is not on show. */
export type Absence = Exclude<Lookup, 'found' | 'lost'>;

interface ShownMessage {
  absence: Readonly<Ref<Absence | null>>;
  /** The list is not yet where the address wants it. */
  seeking: Readonly<Ref<boolean>>;
  /** Looks for it again. */
  retry: () => void;
}

/** Takes the list to the message that the address names, once for each address. */
export function useShownMessage(options: ShownMessageOptions): ShownMessage {
  const absence = ref<Absence | null>(null);
  const seeking = ref(options.seq() !== null);
  let shown: number | null = null;

  function keyOf(seq: number): string | undefined {
    return options.rows().find((row) => row.kind === 'message' && row.seq === seq)?.key;
  }

  async function show(seq: number): Promise<void> {
    shown = seq;
    absence.value = null;
    seeking.value = true;
    const lookup = await options.load(seq);
    await nextTick();
    if (shown !== seq) {
      if (options.seq() === null) {
        // The reader has gone on to the newest while the page was on its way; it is not to take him back.
        options.showNewest();
      }
      return;
    }
    if (lookup === 'lost') {
      // It is looked for again when the line is back.
      shown = null;
      return;
    }
    const key = lookup === 'found' ? keyOf(seq) : undefined;
    if (key !== undefined) {
      options.scrollToKey(key);
    } else {
      absence.value = lookup === 'found' ? 'missing' : lookup;
    }
    seeking.value = false;
  }

  function retry(): void {
    const seq = options.seq();
    if (seq !== null && options.ready()) {
      void show(seq);
    }
  }

  watch(
    [options.seq, options.ready] as const,
    ([seq, ready], [before]) => {
      if (seq === null) {
        absence.value = null;
        seeking.value = false;
        shown = null;
        if (before !== null && before !== undefined) {
          options.showNewest();
        }
      } else if (ready && shown !== seq) {
        void show(seq);
      }
    },
    { immediate: true },
  );

  return { absence, seeking, retry };
}
