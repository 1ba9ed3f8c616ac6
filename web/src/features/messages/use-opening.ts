import { nextTick, onScopeDispose, type Ref, ref, watch } from 'vue';
import type { Lookup } from './history';
import type { Bookmark } from './log-view';
import type { TopOfRow } from './virtual/scroll-model';

interface OpeningOptions {
  /** Whether the address names a message, which is then shown instead. */
  addressed: () => boolean;
  /** Whether it is known what is unread, and pages can be loaded. */
  ready: () => boolean;
  /** Up to where everything was read when the room was opened; null when nothing is unread. */
  unreadAfter: () => number | null;
  bookmark: Bookmark | null;
  lookUp: (seq: number) => Promise<Lookup>;
  /** Has the rows be those around it. */
  showAround: (seq: number) => void;
  keyOf: (seq: number) => string | undefined;
  scrollToKey: (key: string, top: TopOfRow) => void;
}

interface Opening {
  /** The list is not yet where it is to begin. */
  seeking: Readonly<Ref<boolean>>;
  /** The reader has gone elsewhere meanwhile. */
  giveUp: () => void;
}

const A_THIRD: TopOfRow = (_, viewport) => viewport / 3;

/** Takes the list, once, to what is unread, or else to where the reader left it; otherwise it stays at its end. */
export function useOpening(options: OpeningOptions): Opening {
  const seeking = ref(!options.addressed());

  async function open(): Promise<void> {
    const unreadAfter = options.unreadAfter();
    const seq = unreadAfter === null ? options.bookmark?.seq : unreadAfter + 1;
    if (seq === undefined) {
      seeking.value = false;
      return;
    }
    const lookup = await options.lookUp(seq);
    if (!seeking.value || lookup === 'lost') {
      // Without a line it is tried again with the next one.
      return;
    }
    if (lookup === 'found') {
      options.showAround(seq);
      await nextTick();
      const key = unreadAfter === null ? options.keyOf(seq) : 'unread';
      if (seeking.value && key !== undefined) {
        options.scrollToKey(key, unreadAfter === null ? () => options.bookmark?.top ?? 0 : A_THIRD);
      }
    }
    seeking.value = false;
  }

  watch(
    options.ready,
    (ready) => {
      if (ready && seeking.value) {
        void open();
      }
    },
    { immediate: true },
  );

  function giveUp(): void {
    seeking.value = false;
  }
  onScopeDispose(giveUp);

  return { seeking, giveUp };
}
