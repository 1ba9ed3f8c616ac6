import type { User } from '@/api/generated/protocol';
import { readStored, writeStored } from '@/storage/local';

export const SESSION_KEY = 'chinwag.session';

/** What this browser keeps of a session: whose it is, so that the first view comes at once. Its cookie is out of reach of scripts. */
export interface StoredSession {
  user: User;
  /** When it began here, by which windows tell one sign-in from another. */
  since: number;
}

export function readSession(): StoredSession | undefined {
  const stored = readStored<StoredSession>(SESSION_KEY);
  return typeof stored?.since === 'number' && typeof stored.user?.userId === 'number'
    ? stored
    : undefined;
}

export function writeSession(session: StoredSession | undefined): void {
  writeStored(SESSION_KEY, session);
}
