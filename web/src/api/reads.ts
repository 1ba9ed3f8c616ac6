import type { Reads } from './generated/protocol';
import { answerTo } from './http';

/** How far the others in a small room have read it who share that. */
export function fetchReads(room: number, token: string): Promise<Reads> {
  return answerTo(`rooms/${room}/reads`, { token });
}
