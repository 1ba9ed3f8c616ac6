/** What a room says of itself. */
export interface Labelled {
  room: number;
  slug?: string;
  title: string;
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

/** What a room is called in a heading or a list. */
export function roomTitle(room: Labelled): string {
  return room.title === '' ? addressOf(room) : room.title;
}

/** What a room is called in a sentence: "#general", or its title where it has no slug. */
export function roomLabel(room: Labelled): string {
  return room.slug === undefined ? roomTitle(room) : `#${room.slug}`;
}
