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
  if (hints.length === 0) {
    return rows;
  }
  const result: Row[] = [];
  let end = rows.length;
  for (const { id, text, afterSeq } of [...hints].reverse()) {
    const start = rows.slice(0, end).findLastIndex((row) => isUpTo(row, afterSeq)) + 1;
    result.unshift({ kind: 'hint', key: `h${id}`, id, text }, ...rows.slice(start, end));
    end = start;
  }
  return [...rows.slice(0, end), ...result];
}

function isUpTo(row: Row, seq: number): boolean {
  switch (row.kind) {
    case 'message':
      return row.seq !== null && row.seq <= seq;
    case 'membership':
    case 'notice':
      return row.seq <= seq;
    case 'older':
    case 'beginning':
      return true;
    case 'hint':
    case 'day':
    case 'unread':
    case 'newer':
      return false;
  }
}
