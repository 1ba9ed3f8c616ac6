import { onScopeDispose, type Ref, ref, watch } from 'vue';
import { usePageVisible } from '@/features/messages/use-page-visible';
import { startOfDay } from './day-clock';
import { lookAtTimeZone } from './zone';

const MINUTE_MS = 60_000;

/** A time within the current day, here. It moves on after midnight, so that "Today" does not stay on yesterday's line. */
export function useToday(): Readonly<Ref<number>> {
  const today = ref(Date.now());
  const look = () => {
    lookAtTimeZone();
    if (startOfDay(Date.now()) !== startOfDay(today.value)) {
      today.value = Date.now();
    }
  };
  // Looked at by the minute rather than awaited: a sleeping machine would miss a timer set to midnight.
  const timer = setInterval(look, MINUTE_MS);
  window.addEventListener('focus', look);
  onScopeDispose(() => {
    clearInterval(timer);
    window.removeEventListener('focus', look);
  });
  // In a hidden page timers may rest for long.
  watch(usePageVisible(), look);
  return today;
}
