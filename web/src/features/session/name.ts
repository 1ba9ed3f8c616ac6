import { t } from '@/locales/late';

const LONGEST = 40;

/** What is wrong with the length of a name, or nothing; every other rule is the server's. */
export function nameProblem(input: string): string {
  const { length } = [...input.trim()];
  return length >= 1 && length <= LONGEST ? '' : t('errors.nameLength');
}
