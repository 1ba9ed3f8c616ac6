import { nextTick, type Ref, ref, watch } from 'vue';
import type { Row } from './rows';

interface ShownMessageOptions {
  /** The message that the address names. */
  seq: () => number | null;
  rows: () => readonly Row[];
  /** Whether pages can be loaded now. */
  ready: () => boolean;
  /** Loads the messages around it; tells whether it is there. */
  load: (seq: number) => Promise<boolean>;
  scrollToKey: (key: string) => void;
  showNewest: () => void;
}

interface ShownMessage {
  /** The message is not there. */
  missing: Readonly<Ref<boolean>>;
  /** The list is not yet where the address wants it. */
  seeking: Readonly<Ref<boolean>>;
}

/** Takes the list to the message that the address names, once for each address. */
export function useShownMessage(options: ShownMessageOptions): ShownMessage {
  const missing = ref(false);
  const seeking = ref(options.seq() !== null);
  let shown: number | null = null;

  function keyOf(seq: number): string | undefined {
    return options.rows().find((row) => row.kind === 'message' && row.seq === seq)?.key;
  }

  async function show(seq: number): Promise<void> {
    shown = seq;
    missing.value = false;
    seeking.value = true;
    const found = await options.load(seq);
    await nextTick();
    const key = found ? keyOf(seq) : undefined;
    if (shown !== seq) {
      return;
    }
    if (key !== undefined) {
      options.scrollToKey(key);
      seeking.value = false;
    } else if (options.ready()) {
      missing.value = true;
      seeking.value = false;
    } else {
      // The line was lost on the way; it is looked for again when it is back.
      shown = null;
    }
  }

  watch(
    [options.seq, options.ready] as const,
    ([seq, ready], [before]) => {
      if (seq === null) {
        missing.value = false;
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

  return { missing, seeking };
}
