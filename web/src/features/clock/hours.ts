import { choice } from '@/storage/settings';

export const HOURS = ['system', '12', '24'] as const;
export type Hours = (typeof HOURS)[number];

/** How many hours a clock has, unless that is left to the language. */
export const hours = choice('chinwag.hours', HOURS, 'system');

export function hourCycle(): Intl.DateTimeFormatOptions {
  switch (hours.value) {
    case 'system':
      return {};
    case '12':
      return { hourCycle: 'h12' };
    case '24':
      return { hourCycle: 'h23' };
  }
}
