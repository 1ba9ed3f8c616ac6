import type { SignedIn } from '@/api/generated/protocol';
import { readStored, writeStored } from '@/storage/local';

export const SESSION_KEY = 'chinwag.session';

export function readSession(): SignedIn | undefined {
  const stored = readStored<SignedIn>(SESSION_KEY);
  return typeof stored?.token === 'string' && typeof stored.user?.userId === 'number'
    ? stored
    : undefined;
}

export function writeSession(session: SignedIn | undefined): void {
  writeStored(SESSION_KEY, session);
}
