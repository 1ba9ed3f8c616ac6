import { onScopeDispose, watch } from 'vue';

const INTERVAL_MS = 1_000;

/** Tells at most once a second how far the reader has come; the last place is always told. */
export function useReadMark(readSeq: () => number | null, markRead: (seq: number) => void): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    const seq = readSeq();
    if (seq !== null) {
      toldAt = Date.now();
      markRead(seq);
    }
  }

  watch(
    readSeq,
    (seq) => {
      if (seq !== null && timer === undefined) {
        timer = setTimeout(tell, Math.max(toldAt + INTERVAL_MS - Date.now(), 0));
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
}
