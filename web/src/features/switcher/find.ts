import { type Letters, lettersOf, match, wordsOf } from './match';

export const KINDS = ['place', 'command'] as const;
export type Kind = (typeof KINDS)[number];

/** What can be chosen: a room or a person to go to, or something to be done. */
export interface Entry {
  key: string;
  kind: Kind;
  label: string;
  /** Another name by which it is found, such as the address of a room. */
  alias?: string;
  /** What stands in front of what is typed by who means only such ones: rooms, people or things to be done. */
  mark: Mark;
  /** Added to how well it fits: what was used lately, or has news. */
  bonus: number;
}

export interface Found<E extends Entry> {
  entry: E;
  /** Which characters of its label were meant. */
  places: readonly number[];
}

/** In front of what is typed: only rooms, people or things to be done are meant. */
export const MARKS = ['#', '@', '>'] as const;
export type Mark = (typeof MARKS)[number];

const MOST: Readonly<Record<Kind, number>> = { place: 8, command: 5 };
const MOST_ALONE = 12;

/** Entries with what is compared of them, which is worked out once and not for every letter typed. */
export class Index<E extends Entry> {
  private readonly letters: { entry: E; label: Letters; alias: Letters | null }[];

  constructor(entries: readonly E[], read: (text: string) => Letters = lettersOf) {
    this.letters = entries.map((entry) => ({
      entry,
      label: read(entry.label),
      alias: entry.alias === undefined ? null : read(entry.alias),
    }));
  }

  /** The best of each kind, the best first. */
  find(query: string): Record<Kind, Found<E>[]> {
    const only = markOf(query);
    const words = wordsOf(only === undefined ? query : query.replace(only, ''));
    const scored: Record<Kind, (Found<E> & { score: number })[]> = { place: [], command: [] };
    for (const { entry, label, alias } of this.letters) {
      if (only !== undefined && entry.mark !== only) {
        continue;
      }
      const byLabel = match(words, label);
      const byAlias = byLabel === null && alias !== null ? match(words, alias) : null;
      const best = byLabel ?? byAlias;
      if (best !== null) {
        const places = byLabel?.places ?? [];
        scored[entry.kind].push({ entry, places, score: best.score + entry.bonus });
      }
    }
    return {
      place: first(scored.place, only === undefined ? MOST.place : MOST_ALONE),
      command: first(scored.command, only === undefined ? MOST.command : MOST_ALONE),
    };
  }
}

/** Which sort is meant alone, if one is. */
export function markOf(query: string): Mark | undefined {
  return MARKS.find((mark) => query.trimStart().startsWith(mark));
}

function first<T extends { score: number }>(scored: T[], most: number): T[] {
  return scored.sort((a, b) => b.score - a.score).slice(0, most);
}

/** A text in pieces, those that were meant apart. */
export function pieces(
  text: string,
  places: readonly number[],
): { text: string; meant: boolean }[] {
  const meant = new Set(places);
  const all: { text: string; meant: boolean }[] = [];
  [...text].forEach((character, index) => {
    const last = all.at(-1);
    if (last !== undefined && last.meant === meant.has(index)) {
      last.text += character;
    } else {
      all.push({ text: character, meant: meant.has(index) });
    }
  });
  return all;
}
