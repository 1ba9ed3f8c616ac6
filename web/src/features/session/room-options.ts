export interface RoomOption {
  room: string;
  title: string;
}

/** The rooms that every server begins with. */
const USUAL: readonly RoomOption[] = [
  { room: 'general', title: 'General' },
  { room: 'tech', title: 'Tech' },
  { room: 'random', title: 'Random' },
];
const MOST_OTHERS = 6;

/** What can be chosen before the server shows its list: the usual rooms, a linked one, and those of the last visit. */
export function roomOptions(
  known: readonly RoomOption[],
  linked: string | null,
): { usual: RoomOption[]; more: RoomOption[] } {
  const titles = new Map(known.map(({ room, title }) => [room, title]));
  const usual = USUAL.map(({ room, title }) => ({ room, title: titles.get(room) ?? title }));
  const usualSlugs = new Set(USUAL.map(({ room }) => room));
  const others = new Set(linked === null ? [] : [linked]);
  for (const { room } of known) {
    others.add(room);
  }
  const more = [...others]
    .filter((room) => !usualSlugs.has(room))
    .slice(0, MOST_OTHERS)
    .map((room) => ({ room, title: titles.get(room) ?? room }));
  return { usual, more };
}
