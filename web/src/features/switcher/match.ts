/** A text as it is compared: a letter for each of its characters, small and without accents. */
export type Letters = readonly string[];

export interface Match {
  /** Higher is better. */
  score: number;
  /** Which characters of the text were meant. */
  places: number[];
}

const AT_BEGIN = 100;
const AT_WORD = 80;
const WITHIN = 50;
const SCATTERED = 40;
/** So many letters may stand between those of a word that is written with gaps. */
const MOST_GAPS = 30;

export function lettersOf(text: string): Letters {
  return [...text].map((character) => {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return plain === '' ? character : plain;
  });
}

/** The words of what somebody looks for. */
export function wordsOf(query: string): Letters[] {
  return query
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map(lettersOf);
}

/** Whether a text has all of the words, in whatever order, each as it is or with letters left out: "gnrl" is General. */
export function match(words: readonly Letters[], text: Letters): Match | null {
  const found: Match = { score: 0, places: [] };
  for (const word of words) {
    const one = together(word, text) ?? scattered(word, text);
    if (one === null) {
      return null;
    }
    found.score += one.score;
    found.places.push(...one.places);
  }
  // Of two that fit alike the shorter one is nearer to what was typed.
  found.score -= Math.min(text.length, MOST_GAPS) / 10;
  return found;
}

/** The word without gaps; best at the begin of the text, then at the begin of one of its words. */
function together(word: Letters, text: Letters): Match | null {
  let best: Match | null = null;
  for (let from = 0; from + word.length <= text.length; from += 1) {
    if (!isAt(word, text, from)) {
      continue;
    }
    const places = word.map((_, index) => from + index);
    if (beginsWord(text, from)) {
      return { score: from === 0 ? AT_BEGIN : AT_WORD, places };
    }
    best ??= { score: WITHIN, places };
  }
  return best;
}

/** The letters of the word in their order, from the begin of a word on. */
function scattered(word: Letters, text: Letters): Match | null {
  let best: Match | null = null;
  for (let from = 0; from + word.length <= text.length; from += 1) {
    if (text[from] === word[0] && beginsWord(text, from)) {
      const places = placesFrom(word, text, from);
      const gaps = (places?.at(-1) ?? 0) - from + 1 - word.length;
      if (places !== null && gaps <= MOST_GAPS && SCATTERED - gaps > (best?.score ?? 0)) {
        best = { score: SCATTERED - gaps, places };
      }
    }
  }
  return best;
}

function placesFrom(word: Letters, text: Letters, from: number): number[] | null {
  const places: number[] = [];
  for (let at = from; at < text.length && places.length < word.length; at += 1) {
    if (text[at] === word[places.length]) {
      places.push(at);
    }
  }
  return places.length === word.length ? places : null;
}

function isAt(word: Letters, text: Letters, from: number): boolean {
  return word.every((letter, index) => text[from + index] === letter);
}

function beginsWord(text: Letters, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}
