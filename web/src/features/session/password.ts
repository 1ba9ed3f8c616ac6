import { t } from '@/locales/late';

/** What is wrong with the length of a new password, or nothing; every other rule is the server's. */
export function passwordProblem(password: string, shortest: number): string {
  const { length } = [...password];
  return length < shortest ? t('accounts.passwordShort', shortest, length) : '';
}
