import type { MessageReactions, RoomFilesPage, RoomPins } from './generated/protocol';
import { answerTo } from './http';

/** Everybody who reacted to a message. */
export function fetchReactions(
  room: number,
  seq: number,
  token: string,
): Promise<MessageReactions> {
  return answerTo(`rooms/${room}/messages/${seq}/reactions`, { token });
}

/** The messages that are pinned in a room, the last one first. */
export function fetchPins(room: number, token: string): Promise<RoomPins> {
  return answerTo(`rooms/${room}/pins`, { token });
}

/** The files of a room, those of the newest messages first. */
export function fetchRoomFiles(
  room: number,
  token: string,
  before?: number,
): Promise<RoomFilesPage> {
  return answerTo(
    `rooms/${room}/files?limit=30${before === undefined ? '' : `&before=${before}`}`,
    { token },
  );
}
