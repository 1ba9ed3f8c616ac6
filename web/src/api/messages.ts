import type { MessageReactions } from './generated/protocol';
import { answerTo } from './http';

/** Everybody who reacted to a message. */
export function fetchReactions(
  room: number,
  seq: number,
  token: string,
): Promise<MessageReactions> {
  return answerTo(`rooms/${room}/messages/${seq}/reactions`, { token });
}
