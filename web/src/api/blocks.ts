import type { Person } from './generated/protocol';
import { answerTo, call } from './http';

/** Whom one blocks, the last first. */
export function fetchBlocks(token: string): Promise<{ people: Person[] }> {
  return answerTo('blocks', { token });
}

export async function setBlocked(user: number, blocked: boolean, token: string): Promise<void> {
  await call(`blocks/${user}`, { method: blocked ? 'PUT' : 'DELETE', token });
}
