import { fold } from './needles';

export interface Part {
  text: string;
  /** Whether it is what was looked for. */
  hit: boolean;
}

/** How much of a long message is shown, and how much of that before what was looked for. */
const LONGEST = 280;
const BEFORE = 60;
const ELLIPSIS = '…';

/** A text in parts, those marked that were looked for; of a long one what is around the first of them. */
export function highlight(text: string, needles: readonly string[]): Part[] {
  const { folded, places } = fold(text);
  const isHit = new Uint8Array(text.length);
  for (const needle of needles) {
    let found = folded.indexOf(needle);
    while (found >= 0) {
      // A character that became several when it was folded is marked as a whole.
      isHit.fill(1, places[found], endOf(places, found + needle.length));
      found = folded.indexOf(needle, found + needle.length);
    }
  }
  const first = Math.max(isHit.indexOf(1), 0);
  const begin = text.length > LONGEST ? boundary(text, Math.max(0, first - BEFORE)) : 0;
  const end = boundary(text, Math.min(text.length, begin + LONGEST));
  const parts: Part[] = begin > 0 ? [{ text: ELLIPSIS, hit: false }] : [];
  for (let from = begin; from < end; ) {
    let to = from + 1;
    while (to < end && isHit[to] === isHit[from]) {
      to += 1;
    }
    parts.push({ text: text.slice(from, to), hit: isHit[from] === 1 });
    from = to;
  }
  return end < text.length ? [...parts, { text: ELLIPSIS, hit: false }] : parts;
}

function endOf(places: readonly number[], place: number): number {
  const last = places[place - 1];
  let end = place;
  while (places[end] === last) {
    end += 1;
  }
  return places[end] ?? 0;
}

/** Not between the two halves of a character. */
function boundary(text: string, place: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(place)) ? place - 1 : place;
}
