import { onScopeDispose, watch } from 'vue';

const INTERVAL_MS = 1_000;

interface ReadMarkOptions {
  /** The `seq` up to which the reader sees everything; null when there is nothing new to tell. */
  seen: () => number | null;
  /** Moves the mark on this page, at once. */
  mark: (seq: number) => void;
  /** Tells the server. */
  tell: (seq: number) => void;
  /** Milliseconds from any beginning, which no change of the wall clock moves. */
  now: () => number;
}

/** Marks what is seen as read; the server is told at most once a second, and of the last place in any case. */
export function useReadMark({ seen, mark, tell, now }: ReadMarkOptions): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tellLast(): void {
    timer = undefined;
    toldAt = now();
    tell(last);
  }

  watch(
    seen,
    (seq) => {
      if (seq !== null) {
        last = seq;
        mark(seq);
        timer ??= setTimeout(tellLast, Math.max(toldAt + INTERVAL_MS - now(), 0));
      }
    },
    { immediate: true },
  );

  function tellNow(): void {
    if (timer !== undefined) {
      clearTimeout(timer);
      tellLast();
    }
  }

  // What was seen a moment before the room or the page was left has been read.
  window.addEventListener('pagehide', tellNow);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', tellNow);
    tellNow();
  });
}
