import { trimmedText } from '@/features/messages/trimmed-text';

/** How near the limit the counter appears. */
const COUNTER_SPAN = 200;

/** What is longer would freeze the page while it is laid out, and has to be cut by its author anyway. */
export function longestTyped(limit: number): number {
  return Math.max(20_000, 2 * limit);
}

/** The server counts the Unicode scalar values of the trimmed text; a string's own length counts some twice. */
export function messageLength(text: string): number {
  let length = 0;
  for (const _ of trimmedText(text)) {
    length += 1;
  }
  return length;
}

/** How many characters are left, once that is worth knowing; negative when there are too many. */
export function remainingCharacters(text: string, limit: number): number | null {
  // No string has more scalar values than code units: most texts need no counting.
  if (text.length < limit - COUNTER_SPAN) {
    return null;
  }
  const remaining = limit - messageLength(text);
  return remaining <= COUNTER_SPAN ? remaining : null;
}
