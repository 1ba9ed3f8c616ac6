import { fullTime } from '@/features/clock/times';
import { t } from '@/locales/late';
import { FOR_EVER } from './mute-times';

/** "Muted until ..." or "Paused until ...", and without an end where there is none. */
export function untilText(until: number, what: 'muted' | 'paused'): string {
  return until >= FOR_EVER
    ? t(`notifications.${what}ForEver`)
    : t(`notifications.${what}Until`, fullTime(until));
}
