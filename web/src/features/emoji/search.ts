import { EMOJI } from './shortcodes';

export interface FoundEmoji {
  character: string;
  /** The name that matched. */
  name: string;
}

const LONGEST_LIST = 8;

/** The emoji whose names begin with what was typed, short names first; then those that have it further inside. */
export function searchEmoji(typed: string): FoundEmoji[] {
  const wanted = typed.toLowerCase();
  const beginning: FoundEmoji[] = [];
  const containing: FoundEmoji[] = [];
  for (const { character, names } of EMOJI) {
    const first = names.find((name) => name.startsWith(wanted));
    const inner = names.find((name) => name.includes(wanted));
    if (first !== undefined) {
      beginning.push({ character, name: first });
    } else if (inner !== undefined) {
      containing.push({ character, name: inner });
    }
  }
  beginning.sort((a, b) => a.name.length - b.name.length);
  return [...beginning, ...containing].slice(0, LONGEST_LIST);
}
