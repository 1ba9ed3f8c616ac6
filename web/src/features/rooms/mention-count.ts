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
): MentionChange {
  switch (event.type) {
    case 'message':
      if (isMentioned(event, ownUserId)) {
        room.mentionPlaces.push({ seq: event.seq, at: event.seq });
        return 'counted';
      }
      return 'none';
    case 'messageEdited':
    case 'messageChanged':
    case 'messageDeleted': {
      const mentioned = event.type !== 'messageDeleted' && isMentioned(event, ownUserId);
      if (event.target <= room.counted.upTo) {
        return mentioned || room.mentions ? 'unknown' : 'none';
      }
      const known = room.mentionPlaces.some(({ seq }) => seq === event.target);
      if (known === mentioned) {
        return 'none';
      }
      room.mentionPlaces = mentioned
        ? [...room.mentionPlaces, { seq: event.target, at: event.seq }]
        : room.mentionPlaces.filter(({ seq }) => seq !== event.target);
      return 'counted';
    }
    default:
      return 'none';
  }
}

function isMentioned(
  { mentions }: { mentions?: readonly { userId: number }[] },
  ownUserId: number | undefined,
): boolean {
  return mentions?.some(({ userId }) => userId === ownUserId) ?? false;
}
