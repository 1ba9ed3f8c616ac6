import type { LogEvent } from '@/api/generated/protocol';
import type { Room } from './room';

/** Where a message mentions this person, since the server counted. */
export interface MentionPlace {
  /** The message. */
  seq: number;
  /** The event that made it so: the message, or an edit of it. */
  at: number;
}

/** What an event has to do with the mentions of a person. */
export type MentionChange = 'none' | 'counted' | 'unknown';

/**
 * Takes an event into the count of mentions. `unknown` is what only the server can say: something became of a message that is in its
 * count, or may be.
 */
export function countMention(
  room: Room,
  event: LogEvent,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number>,
  mayMean: (text: string) => boolean,
): MentionChange {
  const mentions = isMentioned(event, ownUserId, blocked);
  // Whether somebody was there when all were called who are, or in a group, the server knows.
  if (isCalled(event, ownUserId, blocked, mayMean)) {
    return 'unknown';
  }
  switch (event.type) {
    case 'message':
      if (mentions) {
        room.mentionPlaces.push({ seq: event.seq, at: event.seq });
        return 'counted';
      }
      return 'none';
    case 'messageEdited':
    case 'messageChanged':
    case 'messageDeleted': {
      if (event.target <= room.counted.upTo) {
        return mentions || room.mentions ? 'unknown' : 'none';
      }
      const known = room.mentionPlaces.some(({ seq }) => seq === event.target);
      if (known === mentions) {
        return 'none';
      }
      room.mentionPlaces = mentions
        ? [...room.mentionPlaces, { seq: event.target, at: event.seq }]
        : room.mentionPlaces.filter(({ seq }) => seq !== event.target);
      return 'counted';
    }
    default:
      return 'none';
  }
}

/** Whether an event leaves a message of somebody else that mentions those who are there, or a group in which this person may be. */
function isCalled(
  event: LogEvent,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number>,
  mayMean: (text: string) => boolean,
): boolean {
  return (
    'text' in event &&
    typeof event.text === 'string' &&
    event.userId !== ownUserId &&
    !blocked.has(event.userId) &&
    (event.text.includes('<@here>') || mayMean(event.text))
  );
}

/** Whether an event leaves a message that mentions this person, and not by somebody who is blocked. */
function isMentioned(
  event: LogEvent,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number>,
): boolean {
  const says =
    event.type === 'message' || event.type === 'messageEdited' || event.type === 'messageChanged';
  return (
    says &&
    !blocked.has(event.userId) &&
    (event.mentions?.some(({ userId }) => userId === ownUserId) === true ||
      (event.userId !== ownUserId && event.text.includes('<@room>')))
  );
}
