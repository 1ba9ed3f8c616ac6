import type { MessageRow } from './rows';

/** A message that is stored, and not deleted. */
export type StoredRow = MessageRow & { seq: number };

export function isStored(row: MessageRow): row is StoredRow {
  return row.seq !== null && !row.deleted;
}
