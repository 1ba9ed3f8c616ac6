import { t } from '@/locales';

const CHARACTERS = /^[\p{L}\p{M}\p{Nd} _.-]*$/u;

/** What is wrong with a name, or nothing; the server has the last word. */
export function nameProblem(input: string): string {
  const name = input.trim();
  const { length } = [...name];
  if (length < 2 || length > 20) {
    return t('errors.nameLength');
  }
  return CHARACTERS.test(name) ? '' : t('errors.nameCharacters');
}
