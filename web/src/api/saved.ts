import type { SavedPage } from './generated/protocol';
import { answerTo, call } from './http';

/** Messages of a page. */
const SAVED = 50;

/** The messages that one keeps for later, the last one saved first. */
export function fetchSaved(token: string, before?: number): Promise<SavedPage> {
  return answerTo(`saved?limit=${SAVED}${before === undefined ? '' : `&before=${before}`}`, {
    token,
  });
}

/** Keeps a message for later, or no longer. */
export async function setSaved(
  { room, seq, saved }: { room: number; seq: number; saved: boolean },
  token: string,
): Promise<void> {
  await call(`saved/${room}/${seq}`, { method: saved ? 'PUT' : 'DELETE', token });
}
