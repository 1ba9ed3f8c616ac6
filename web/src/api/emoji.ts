import type { CustomEmoji, NewEmoji } from './generated/protocol';
import { answerTo, call } from './http';

function pathOf(name: string): string {
  return `emoji/${encodeURIComponent(name)}`;
}

/** All emoji that the server has of its own, by their names. */
export function fetchEmoji(token: string): Promise<CustomEmoji> {
  return answerTo('emoji', { token });
}

/** Gives the server an emoji, or one of them another picture. Answers what that is called. */
export async function giveEmoji(name: string, picture: Blob, token: string): Promise<string> {
  const given = await answerTo<NewEmoji>(pathOf(name), { method: 'PUT', body: picture, token });
  return given.picture;
}

export async function removeEmoji(name: string, token: string): Promise<void> {
  await call(pathOf(name), { method: 'DELETE', token });
}
