import { readStored, writeStored } from '@/storage/local';

const KEY = 'chinwag.emojiUsed';
/** So many are remembered. */
const MOST = 48;
/** What was used so many emoji ago counts half. */
const HALF_LIFE = 50;

/** How much each is used, the newest uses counting most. */
type Weights = Record<string, number>;

/** The emoji that somebody picks at this browser, the most used ones first. */
export function usedEmoji(limit: number): string[] {
  return ranked(stored())
    .slice(0, limit)
    .map(([character]) => character);
}

/** Remembers that one was picked. */
export function noteUsed(character: string): void {
  const faded = Object.entries(stored()).map(([each, weight]): [string, number] => [
    each,
    weight * 0.5 ** (1 / HALF_LIFE),
  ]);
  const weights: Weights = Object.fromEntries(faded);
  weights[character] = (weights[character] ?? 0) + 1;
  writeStored(KEY, Object.fromEntries(ranked(weights).slice(0, MOST)));
}

function ranked(weights: Weights): [string, number][] {
  return Object.entries(weights).sort(([, a], [, b]) => b - a);
}

/** Whatever else may stand there. */
function stored(): Weights {
  const value = readStored<unknown>(KEY);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, weight]) => typeof weight === 'number'));
}
