import type { LogEvent, RoomSnapshot, RoomSummary } from '@/api/generated/protocol';
import { roomTitle } from './label';
import { countMention, type MentionChange, type MentionPlace } from './mention-count';

/** How many mentions of a room are kept in mind. */
/** As people count: 6 before 12. */
const TITLES = new Intl.Collator(undefined, { numeric: true });
const MOST_PLACES = 200;

/** A room as this client knows it. `unread` is always what the other fields make of it. */
export interface Room extends RoomSummary {
  /** The server's count of unread messages, and the `seq` up to which it counted. */
  counted: { unread: number; upTo: number };
  /** Others' messages that came after that count. */
  unreadSeqs: number[];
  /** The server's count of mentions, as of the same moment. */
  countedMentions: number;
  /** Mentions that came after that count. */
  mentionPlaces: MentionPlace[];
  /** When somebody last wrote there, as far as this browser was told; in milliseconds since 1970. */
  activeAt?: number;
}

export function roomFromSummary(summary: RoomSummary, known?: Room): Room {
  const room: Room = {
    ...summary,
    readSeq: Math.max(summary.readSeq, known?.readSeq ?? 0),
    counted: { unread: summary.unread, upTo: summary.headSeq },
    unreadSeqs: (known?.unreadSeqs ?? []).filter((seq) => seq > summary.headSeq),
    countedMentions: summary.mentions ?? 0,
    mentionPlaces: (known?.mentionPlaces ?? []).filter(({ at }) => at > summary.headSeq),
    ...(known?.activeAt !== undefined && { activeAt: known.activeAt }),
  };
  room.headSeq = Math.max(summary.headSeq, known?.headSeq ?? 0);
  return recount(room);
}

/** What the directory says of a room, which has public ones only. */
export type Place = Pick<RoomSummary, 'room' | 'slug' | 'title' | 'topic'>;

/** A room of which only its place in the directory is known. */
export function unvisitedRoom({ room, slug, title, topic }: Place): Room {
  return roomFromSummary({
    room,
    kind: 'public',
    slug,
    title,
    topic,
    headSeq: 0,
    readSeq: 0,
    unread: 0,
    member: false,
    online: 0,
  });
}

export function applySnapshot(room: Room, snapshot: RoomSnapshot): void {
  const { kind, slug, title, topic, online, member, role, people, headSeq, readSeq } = snapshot;
  const { unread, mentions, threads } = snapshot;
  Object.assign(room, { kind, slug, title, topic, online, member, role, people });
  Object.assign(room, settingsOf(snapshot));
  if (headSeq > room.headSeq) {
    // What came since the last count is told by this one alone.
    Object.assign(room, roomFromSummary({ ...room, headSeq, unread, mentions, threads }));
  }
  markReadTo(room, readSeq);
}

const NOBODY: ReadonlySet<number> = new Set();

/** How a room is kept. What is not told is as in every new room. */
export type RoomSettings = Pick<RoomSummary, 'history' | 'posting' | 'slowModeS' | 'archived'>;

/** All of the settings, so that one that is not told takes the place of another one. */
function settingsOf({ history, posting, slowModeS, archived }: RoomSettings): RoomSettings {
  return { history, posting, slowModeS, archived };
}

/**
 * Takes a log event into the counts, once: a replay brings events that the server has counted already. What people say whom one blocks does not
 * count. Answers whether the mentions are to be asked for.
 */
export function applyLogEvent(
  room: Room,
  event: LogEvent,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number> = NOBODY,
  mayMean: (text: string) => boolean = (text) => text.includes('<@&'),
): MentionChange {
  if (event.seq <= room.headSeq) {
    return 'none';
  }
  room.headSeq = event.seq;
  const change = countMention(room, event, ownUserId, blocked, mayMean);
  const isKnown = applyToRoom(room, event, ownUserId, blocked);
  recount(room);
  return isKnown ? change : 'unknown';
}

/** Answers whether it is known by that how much is unread. */
function applyToRoom(
  room: Room,
  event: LogEvent,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number>,
): boolean {
  if (event.type === 'messageDeleted' || (event.type === 'messageChanged' && event.deleted)) {
    const { target, thread } = event;
    // Nobody knows any more whether it was said in the room as well as in a thread, or by somebody who is blocked.
    const isDoubtful = thread !== undefined || blocked.size > 0;
    if (isDoubtful && target > room.readSeq && target <= room.counted.upTo) {
      return false;
    }
    deleted(room, target);
    return true;
  }
  if (event.type === 'roomUpdated') {
    Object.assign(room, { kind: event.kind }, settingsOf(event));
  }
  if (event.type !== 'message' || (event.thread !== undefined && !event.also)) {
    return true;
  }
  room.activeAt = Math.max(event.at, room.activeAt ?? 0);
  if (event.userId === ownUserId) {
    markReadTo(room, event.seq);
  } else if (event.seq > room.readSeq && !event.deleted && !blocked.has(event.userId)) {
    room.unreadSeqs.push(event.seq);
  }
  return true;
}

/** Calls one of the people of a conversation by another name. Answers whether the person is in it, and was called otherwise. */
export function rename(room: Room, userId: number, name: string): boolean {
  const found = room.people?.find((person) => person.userId === userId && person.name !== name);
  if (found === undefined) {
    return false;
  }
  room.people = room.people?.map((person) => (person === found ? { ...person, name } : person));
  return true;
}

/** By title; what is there to be read only stands last. */
export function inListOrder(a: Room, b: Room): number {
  const archived = Number(a.archived ?? false) - Number(b.archived ?? false);
  return archived || TITLES.compare(roomTitle(a), roomTitle(b));
}

/** Whether it is there for those who are in it, of whom one is, though the list of everybody's rooms has it not. */
export function isForItsPeople(room: Room | undefined): boolean {
  return room?.member === true && room.kind !== 'public';
}

/** Counts as seen what was left out of a replay. */
export function skipTo(room: Room, seq: number): void {
  room.headSeq = Math.max(room.headSeq, seq);
}

/** A message is not unread any more. One's own are read, so it was another's. */
function deleted(room: Room, seq: number): void {
  const { counted } = room;
  if (seq > counted.upTo) {
    room.unreadSeqs = room.unreadSeqs.filter((unread) => unread !== seq);
  } else if (seq > room.readSeq && counted.unread > 0) {
    room.counted = { ...counted, unread: counted.unread - 1 };
  }
}

/** Moves the read mark forward, never back. */
export function markReadTo(room: Room, seq: number): void {
  if (seq > room.readSeq) {
    room.readSeq = seq;
    room.unreadSeqs = room.unreadSeqs.filter((unread) => unread > seq);
    // Those that were read stay known: an edit that keeps them mentions nobody anew.
    room.mentionPlaces = room.mentionPlaces.slice(-MOST_PLACES);
    recount(room);
  }
}

/** Sets the read mark back. How much is unread by that is to be asked for. */
export function markUnreadAfter(room: Room, seq: number): void {
  room.readSeq = Math.min(room.readSeq, seq);
}

function recount(room: Room): Room {
  const isCounted = room.readSeq < room.counted.upTo;
  room.unread = (isCounted ? room.counted.unread : 0) + room.unreadSeqs.length;
  const unreadPlaces = room.mentionPlaces.filter(({ at }) => at > room.readSeq);
  room.mentions = (isCounted ? room.countedMentions : 0) + unreadPlaces.length;
  return room;
}
