import { ref, watch } from 'vue';
import { readStored, writeStored } from '@/storage/local';

export const HOURS = ['system', '12', '24'] as const;
export type Hours = (typeof HOURS)[number];

const KEY = 'chinwag.hours';
const stored = readStored<Hours>(KEY);

/** How many hours a clock has, unless that is left to the language. */
export const hours = ref<Hours>(stored !== undefined && HOURS.includes(stored) ? stored : 'system');

watch(hours, (next) => writeStored(KEY, next === 'system' ? undefined : next));

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
