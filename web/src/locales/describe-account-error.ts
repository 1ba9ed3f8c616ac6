import { ProtocolError } from '@/api/errors';
import { current } from './current';
import { describeError } from './describe-error';
import { enAccounts } from './en.accounts';
import { t } from './late';

/** What went wrong with a sign-in or an account, as a sentence for the person whose action it was. */
export function describeAccountError(error: unknown): string {
  if (!(error instanceof ProtocolError)) {
    return describeError(error);
  }
  if (error.code === 'rate_limited' && error.retryAfterMs !== undefined) {
    return t('accounts.tooMany', Math.ceil(error.retryAfterMs / 1_000));
  }
  const refusals: Partial<Record<string, string>> = (current.value ?? enAccounts).accountRefusals;
  return refusals[error.code] ?? describeError(error);
}
