import { type InjectionKey, inject, shallowReactive } from 'vue';

const CHARACTERS_A_LINE = 60;
const MOST_LINES = 40;
const LINES_LEFT = 20;

/** Which long texts are shown in full, by the keys of their rows. */
export interface Unfolded {
  has: (key: string) => boolean;
  toggle: (key: string) => void;
}

/** The list provides it: a row is made anew whenever it comes into sight. */
export const UNFOLDED: InjectionKey<Unfolded> = Symbol('unfolded');

export function useUnfolded(): Unfolded {
  return inject(UNFOLDED, () => newUnfolded(), true);
}

export function newUnfolded(): Unfolded {
  const keys = shallowReactive(new Set<string>());
  return {
    has: (key) => keys.has(key),
    toggle: (key) => {
      if (!keys.delete(key)) {
        keys.add(key);
      }
    },
  };
}

/** About how many lines a text takes. */
export function lineCount(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + linesOf(line), 0);
}

/** The beginning of a text that is too long to be shown at once; null for one that is not. */
export function foldedText(text: string): string | null {
  // Most texts need no counting.
  if (text.length <= MOST_LINES || lineCount(text) <= MOST_LINES) {
    return null;
  }
  const lines = text.split('\n');
  let left = LINES_LEFT;
  const kept = lines.findIndex((line) => {
    left -= linesOf(line);
    return left <= 0;
  });
  // One line may be as long as all of them.
  return lines
    .slice(0, kept + 1)
    .join('\n')
    .slice(0, LINES_LEFT * CHARACTERS_A_LINE)
    .trimEnd();
}

function linesOf(line: string): number {
  return Math.max(Math.ceil(line.length / CHARACTERS_A_LINE), 1);
}
