import type { RoomKind } from '@/api/generated/protocol';

/** What a room says of itself. */
export interface Labelled {
  room: number;
  kind?: RoomKind;
  slug?: string;
  title: string;
  /** The others of a conversation, by whom it is called. */
  people?: readonly { name: string }[];
}

/** In front of a number, where other rooms have a slug: no slug can hold it. */
const BY_NUMBER = '~';

/** Where a room is found in this client: its slug, or its number for rooms that have none. */
export function addressOf({ room, slug }: Pick<Labelled, 'room' | 'slug'>): string {
  return slug ?? `${BY_NUMBER}${room}`;
}

/** The number that an address names, if it is one of a room without a slug. */
export function numberIn(address: string): number | null {
  const digits = address.startsWith(BY_NUMBER) ? address.slice(BY_NUMBER.length) : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** A conversation between people, which is called by them and has no address of its own. */
export function isConversation(kind: RoomKind | undefined): boolean {
  return kind === 'direct' || kind === 'group';
}

/** What a room is called in a heading or a list. */
export function roomTitle(room: Labelled): string {
  const title = room.people?.map(({ name }) => name).join(', ') || room.title;
  return title === '' ? addressOf(room) : title;
}

/** What a room is called in a sentence: "#general", or its title where nobody writes its address. */
export function roomLabel(room: Labelled): string {
  return room.slug === undefined || room.kind === 'private' ? roomTitle(room) : `#${room.slug}`;
}
