import { onScopeDispose, type Ref, ref } from 'vue';
import { startOfDay } from './day-clock';

const HOUR_MS = 3_600_000;

/** A time within the current day. It moves on after midnight, so that "Today" does not stay on yesterday's line. */
export function useToday(): Readonly<Ref<number>> {
  const today = ref(Date.now());
  // Looked at by the hour rather than awaited: a sleeping machine would miss a timer set to midnight.
  const timer = setInterval(() => {
    if (startOfDay(Date.now()) !== startOfDay(today.value)) {
      today.value = Date.now();
    }
  }, HOUR_MS);
  onScopeDispose(() => clearInterval(timer));
  return today;
}
