import { computed } from 'vue';
import { t } from '@/locales';
import { locale } from '@/locales/language';
import { startOfDay, startOfDayBefore } from './day-clock';
import { hourCycle } from './hours';
import { timeZone } from './zone';

// Formatters are expensive to make and cheap to use; the locale is the reader's own.
const formatters = computed(() => {
  const zoned = { timeZone: timeZone() };
  return {
    clock: new Intl.DateTimeFormat(locale.value, {
      hour: 'numeric',
      minute: '2-digit',
      ...hourCycle(),
      ...zoned,
    }),
    moment: new Intl.DateTimeFormat(locale.value, {
      dateStyle: 'full',
      timeStyle: 'short',
      ...hourCycle(),
      ...zoned,
    }),
    dayOfThisYear: new Intl.DateTimeFormat(locale.value, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...zoned,
    }),
    dayOfAnyYear: new Intl.DateTimeFormat(locale.value, { dateStyle: 'long', ...zoned }),
  };
});

export function clockTime(at: number): string {
  return formatters.value.clock.format(at);
}

export function fullTime(at: number): string {
  return formatters.value.moment.format(at);
}

/** "Today", "Yesterday", or the day, with its year unless that is this one. */
export function dayName(at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) {
    return t('messages.today');
  }
  if (day === startOfDayBefore(now)) {
    return t('messages.yesterday');
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const { dayOfThisYear, dayOfAnyYear } = formatters.value;
  return (sameYear ? dayOfThisYear : dayOfAnyYear).format(at);
}

/** "20:02" for a moment of today, with its day for any other. */
export function momentName(at: number, now: number): string {
  const isToday = startOfDay(at) === startOfDay(now);
  return isToday ? clockTime(at) : `${dayName(at, now)}, ${clockTime(at)}`;
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
