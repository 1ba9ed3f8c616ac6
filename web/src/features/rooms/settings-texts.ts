import { t } from '@/locales/late';

/** The pauses that the settings offer, in seconds. */
export const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3_600, 21_600] as const;

/** "30 s", "1 min 5 s", "6 h": the largest units, and no more of them than matter. */
export function durationText(seconds: number): string {
  const h = Math.floor(seconds / 3_600);
  const min = Math.floor((seconds % 3_600) / 60);
  const s = seconds % 60;
  const parts = [
    h > 0 ? t('restraints.hours', h) : '',
    min > 0 ? t('restraints.minutes', min) : '',
    s > 0 && h === 0 ? t('restraints.seconds', s) : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || t('restraints.seconds', 0);
}

/** The offered pauses, and the present one if somebody chose another by a script. */
export function pauseOptions(present: number): { value: number; label: string }[] {
  const pauses = new Set<number>([...PAUSES, present]);
  return [...pauses]
    .sort((a, b) => a - b)
    .map((value) => ({
      value,
      label: value === 0 ? t('roomSettings.slowOff') : durationText(value),
    }));
}
