import { insertRows } from './inserted-rows';
import type { Row } from './rows';

/** Something told to this person alone. It stands below the event that was the newest then. */
export interface Hint {
  id: number;
  text: string;
  afterSeq: number;
}

/** Older ones make room: a hint is about what was just done. */
const MOST_HINTS = 20;

export function addHint(hints: readonly Hint[], hint: Omit<Hint, 'id'>): readonly Hint[] {
  const id = (hints.at(-1)?.id ?? 0) + 1;
  return [...hints, { id, ...hint }].slice(-MOST_HINTS);
}

/** Hints are in the order in which they were given, and so are their places. */
export function withHints(rows: readonly Row[], hints: readonly Hint[]): readonly Row[] {
  return insertRows(
    rows,
    hints.map(({ id, text, afterSeq }) => ({
      afterSeq,
      row: { kind: 'hint', key: `h${id}`, id, text },
    })),
  );
}
