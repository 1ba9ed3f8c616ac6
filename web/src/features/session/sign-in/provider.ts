import type { ProviderInfo } from '@/api/generated/protocol';
import { t } from '@/locales/late';
import { readStored, writeStored } from '@/storage/local';

/** The words with which the server tells how a sign-in went; whatever else stands in an address is not shown. */
const PROBLEMS = [
  'unreachable',
  'denied',
  'refused',
  'stale',
  'closed',
  'uninvited',
  'banned',
  'often',
  'unavailable',
] as const;
const PLACE = 'chinwag.place';

/** What went wrong at a provider, or on the way back. */
export function providerProblem(word: string): string {
  return t(`signIn.provider.${PROBLEMS.find((known) => known === word) ?? 'unavailable'}`);
}

/** Where a browser goes to sign in by a provider, below the page's `base`. */
export function startAt({ start }: ProviderInfo, invite?: string): string {
  return invite === undefined ? start : `${start}?invite=${encodeURIComponent(invite)}`;
}

/** Keeps the place at which somebody leaves for a provider, who leads back to the first page. */
export function rememberPlace(path: string): void {
  writeStored(PLACE, path);
}

/** That place, once. */
export function takePlace(): string | undefined {
  const place = readStored<string>(PLACE);
  writeStored(PLACE, undefined);
  return typeof place === 'string' && place.startsWith('/') ? place : undefined;
}
