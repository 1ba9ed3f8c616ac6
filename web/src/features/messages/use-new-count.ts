import { computed, type Ref, ref, watch } from 'vue';
import type { LoadedLog } from './loaded-log';

/** How many messages of others have come since the reader was last at the newest one. */
export function useNewCount(log: LoadedLog, atEnd: () => boolean): Readonly<Ref<number>> {
  const seenSeq = ref<number | null>(null);

  watch(
    [atEnd, () => log.live?.to] as const,
    ([isAtEnd, head]) => {
      if (head !== undefined && (isAtEnd || seenSeq.value === null)) {
        seenSeq.value = head;
      }
    },
    // After the list has followed what is new.
    { immediate: true, flush: 'post' },
  );

  return computed(() => (seenSeq.value === null ? 0 : log.countAfter(seenSeq.value)));
}
