const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
const ISOLATES = new RegExp(`[${FIRST_STRONG_ISOLATE}${POP_DIRECTIONAL_ISOLATE}]`, 'gu');

/** A sentence in pieces; names stand apart, so that those of another direction do not turn round what is beside them. */
export interface SentencePart {
  text: string;
  isName: boolean;
}

/** A name, as it is handed to a sentence that is shown. */
export function isolate(name: string): string {
  return FIRST_STRONG_ISOLATE + withoutIsolates(name) + POP_DIRECTIONAL_ISOLATE;
}

export function withoutIsolates(sentence: string): string {
  return sentence.replace(ISOLATES, '');
}

export function sentenceParts(sentence: string): SentencePart[] {
  // Names neither hold these marks nor each other, so that each second piece is one.
  return sentence
    .split(ISOLATES)
    .map((text, index) => ({ text, isName: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
