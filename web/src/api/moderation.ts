import { answerTo } from './http';

/** Deletes what somebody wrote in a room since a moment, or ever, and answers how many messages that were. */
export async function purgeMessages(
  { room, userId, since }: { room: number; userId: number; since?: number },
  token: string,
): Promise<number> {
  const query = since === undefined ? '' : `?since=${since}`;
  const path = `rooms/${room}/members/${userId}/messages${query}`;
  return (await answerTo<{ deleted: number }>(path, { method: 'DELETE', token })).deleted;
}
