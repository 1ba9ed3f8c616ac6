import { ConnectionLost, ProtocolError } from '@/api/errors';
import { current } from './current';
import { en } from './en';
import { t } from './index';

/** What went wrong, as a sentence for the person whose action it was. */
export function describeError(error: unknown): string {
  if (error instanceof ConnectionLost) {
    return t('errors.connection');
  }
  if (!(error instanceof ProtocolError)) {
    return t('errors.unexpected');
  }
  if (error.code === 'rate_limited' && error.retryAfterMs !== undefined) {
    return t('errors.tooFast', Math.ceil(error.retryAfterMs / 1_000));
  }
  const refusals: Partial<Record<string, string>> = (current.value ?? en).refusals;
  return refusals[error.code] ?? error.message;
}
