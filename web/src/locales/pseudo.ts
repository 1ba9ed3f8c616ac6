import { type All, all } from './all';

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const HEBREW = 'אבגדהוזחטיךלמןסעפצקרשתםףץכ';

/** A word in letters that run the other way, a third longer. */
function written(text: string): string {
  const turned = [...text].map((letter) => HEBREW[LATIN.indexOf(letter.toLowerCase())] ?? letter);
  return turned.join('').replace(/[\u0590-\u05ff]{3}/gu, (three) => three + three[1]);
}

/** The text around what it was given: names and numbers stay as they are. */
function around(text: string, given: readonly unknown[]): string {
  const [first, ...rest] = given.filter((each) => typeof each === 'string' && each !== '');
  return first === undefined
    ? written(text)
    : text
        .split(String(first))
        .map((part) => around(part, rest))
        .join(String(first));
}

function turned(value: unknown): unknown {
  if (typeof value === 'string') {
    return written(value);
  }
  if (typeof value === 'function') {
    return (...given: unknown[]) => around(String(value(...given)), given.flat());
  }
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, each]) => [key, turned(each)]));
}

/** Texts that nobody reads: longer than any, and from right to left, so that one sees what the layout makes of such a language. */
export const pseudo = turned(all) as All;
