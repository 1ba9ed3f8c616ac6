import { t } from '@/locales';
import { startOfDay } from './day-clock';

// Formatters are expensive to make and cheap to use; `undefined` is the reader's own locale.
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const dayOfThisYear = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const dayOfAnyYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export function clockTime(at: number): string {
  return clock.format(at);
}

export function fullTime(at: number): string {
  return moment.format(at);
}

/** "Today", "Yesterday", or the day, with its year unless that is this one. */
export function dayName(at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) {
    return t('messages.today');
  }
  if (day === dayBefore(now)) {
    return t('messages.yesterday');
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOfThisYear : dayOfAnyYear).format(at);
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

function dayBefore(at: number): number {
  const day = new Date(startOfDay(at));
  day.setDate(day.getDate() - 1);
  return day.getTime();
}
