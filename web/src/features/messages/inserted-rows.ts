import type { Row } from './rows';

/** A row that belongs to no event of the log, and stands below one. */
export interface InsertedRow {
  /** The `seq` of the event, which need not have a row. */
  afterSeq: number;
  row: Row;
}

/** Puts rows among those of a log. They are in the order of their places. */
export function insertRows(rows: readonly Row[], inserted: readonly InsertedRow[]): readonly Row[] {
  if (inserted.length === 0) {
    return rows;
  }
  const result: Row[] = [];
  let end = rows.length;
  for (const { afterSeq, row } of [...inserted].reverse()) {
    const start = rows.slice(0, end).findLastIndex((each) => isUpTo(each, afterSeq)) + 1;
    result.unshift(row, ...rows.slice(start, end));
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
    case 'thread-news':
    case 'day':
    case 'unread':
    case 'newer':
      return false;
  }
}
