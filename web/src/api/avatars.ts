import type { Avatars, NewAvatar } from './generated/protocol';
import { answerTo, call } from './http';

/** What the pictures are called of these people and rooms, and of the server; who has none is not named. */
export function fetchAvatars(people: number[], rooms: number[], token: string): Promise<Avatars> {
  return answerTo(`avatars?people=${people}&rooms=${rooms}`, { token });
}

/** Gives a picture; `path` says whose. Answers what it is called. */
export async function giveAvatar(path: string, picture: Blob, token: string): Promise<string> {
  const { avatar } = await answerTo<NewAvatar>(path, { method: 'PUT', body: picture, token });
  return avatar;
}

export async function removeAvatar(path: string, token: string): Promise<void> {
  await call(path, { method: 'DELETE', token });
}
