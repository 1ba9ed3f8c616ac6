export interface RoomOption {
  slug: string;
  title: string;
}

/** The rooms that every server begins with. */
const USUAL: readonly RoomOption[] = [
  { slug: 'general', title: 'General' },
  { slug: 'tech', title: 'Tech' },
  { slug: 'random', title: 'Random' },
];
const MOST_OTHERS = 6;

/** What can be chosen before the server shows its list: the usual rooms, a linked one, and those of the last visit. */
export function roomOptions(
  known: readonly { slug?: string; title: string }[],
  linked: string | null,
): { usual: RoomOption[]; more: RoomOption[] } {
  const titles = new Map(
    known.flatMap(({ slug, title }) => (slug === undefined ? [] : [[slug, title]])),
  );
  const usual = USUAL.map(({ slug, title }) => ({ slug, title: titles.get(slug) ?? title }));
  const usualSlugs = new Set(USUAL.map(({ slug }) => slug));
  const others = new Set([...(linked === null ? [] : [linked]), ...titles.keys()]);
  const more = [...others]
    .filter((slug) => !usualSlugs.has(slug))
    .slice(0, MOST_OTHERS)
    .map((slug) => ({ slug, title: titles.get(slug) ?? slug }));
  return { usual, more };
}
