import type { NotificationSettings } from '@/api/generated/protocol';
import { isConversation } from '@/features/rooms/label';
import type { Room } from '@/features/rooms/room';
import type { RoomWish } from './wishes';

/** What is known of a message that came. */
export interface Arrival {
  text: string;
  /** Said in a thread, and not in the room as well. */
  inThread: boolean;
  /** In a thread that one follows. */
  followed: boolean;
  mentioned: boolean;
}

type Wanted = Pick<NotificationSettings, 'level' | 'keywords' | 'quiet' | 'pausedUntil'>;

/** Whether somebody wants to be told of a message, going by the level, the keywords and what is set for the room. */
export function isWanted(
  arrival: Arrival,
  room: Pick<Room, 'kind'>,
  wish: RoomWish | undefined,
  settings: Wanted,
  now: number,
): boolean {
  if ((wish?.mutedUntil ?? 0) > now) {
    return false;
  }
  const level = wish?.level ?? settings.level;
  const calls =
    arrival.mentioned || arrival.followed || hasKeyword(arrival.text, settings.keywords);
  switch (level) {
    case 'nothing':
      return false;
    case 'mentions':
      return calls || (isConversation(room.kind) && !arrival.inThread);
    case 'all':
      return calls || !arrival.inThread;
  }
}

/** Whether a message is meant for somebody so much that it is told of while other things are read. */
export function isPersonal(
  { mentioned, inThread }: Pick<Arrival, 'mentioned' | 'inThread'>,
  room: Pick<Room, 'kind'>,
): boolean {
  return mentioned || (isConversation(room.kind) && !inThread);
}

/** Whether one of the words stands in a text by itself. Where words are not apart from each other it may stand anywhere. */
export function hasKeyword(text: string, keywords: readonly string[]): boolean {
  const said = text.normalize('NFKC').toLowerCase();
  return keywords.some((keyword) => {
    const word = keyword.normalize('NFKC').toLowerCase();
    for (let at = said.indexOf(word); at !== -1; at = said.indexOf(word, at + 1)) {
      if (!isWordPart(said, at - 1, word, 0) && !isWordPart(said, at + word.length, word, -1)) {
        return true;
      }
    }
    return false;
  });
}

/** Letters of scripts that put a space between words. */
const OF_A_WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}_]/u;

function isWordPart(text: string, at: number, word: string, end: number): boolean {
  const next = text.at(at);
  return (
    at >= 0 && next !== undefined && OF_A_WORD.test(next) && OF_A_WORD.test(word.at(end) ?? '')
  );
}

/** Whether nobody is to be disturbed now: a pause, or the quiet hours by the clock of their zone. */
export function isQuiet({ quiet, pausedUntil }: Wanted, now: number): boolean {
  if ((pausedUntil ?? 0) > now) {
    return true;
  }
  if (quiet === undefined) {
    return false;
  }
  const minute = minuteOfDay(now, quiet.zone);
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOfDay(now: number, zone: string): number {
  const parts = (timeZone?: string) =>
    new Intl.DateTimeFormat('en', {
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
      timeZone,
    }).formatToParts(now);
  const read = (found: Intl.DateTimeFormatPart[]) => {
    const of = (type: string) => Number(found.find((part) => part.type === type)?.value ?? 0);
    return of('hour') * 60 + of('minute');
  };
  try {
    return read(parts(zone));
  } catch {
    // A zone that this browser does not know: that of the machine.
    return read(parts());
  }
}

/** How much of a room needs the person: mentions, and everything where that is meant for few or was asked for. */
export function callsIn(
  room: Room,
  wish: RoomWish | undefined,
  level: NotificationSettings['level'],
  now: number,
): number {
  const mentions = room.mentions ?? 0;
  if ((wish?.mutedUntil ?? 0) > now) {
    return mentions;
  }
  const present = wish?.level ?? level;
  const isAll = present === 'all' || (present === 'mentions' && isConversation(room.kind));
  return isAll ? Math.max(room.unread, mentions) : mentions;
}
