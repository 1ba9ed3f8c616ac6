import { startOfDay } from '@/features/clock/day-clock';

/** When a status goes by itself. */
export const STATUS_ENDS = ['never', 'halfHour', 'hour', 'fourHours', 'today', 'week'] as const;
export type StatusEnd = (typeof STATUS_ENDS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Longer than any day, shorter than two. */
const A_DAY_AND_A_HALF_MS = 36 * HOUR_MS;

/** The moment at which it ends, in milliseconds since 1970. */
export function statusUntil(end: StatusEnd, now: number): number | undefined {
  switch (end) {
    case 'never':
      return undefined;
    case 'halfHour':
      return now + 30 * MINUTE_MS;
    case 'hour':
      return now + HOUR_MS;
    case 'fourHours':
      return now + 4 * HOUR_MS;
    case 'today':
      return startOfDay(startOfDay(now) + A_DAY_AND_A_HALF_MS);
    case 'week':
      return now + 7 * 24 * HOUR_MS;
  }
}
