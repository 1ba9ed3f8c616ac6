import type { MessageRow, Row } from '../rows';
import type { WaitingChange } from './outbox';

/** The rows as they will be once the server has taken what this person changed in them. */
export function withChanges(
  rows: readonly Row[],
  changes: readonly WaitingChange[],
): readonly Row[] {
  if (changes.length === 0) {
    return rows;
  }
  const byTarget = new Map(changes.map((change) => [change.target, change]));
  return rows.map((row) => {
    const change = row.kind === 'message' && row.seq !== null ? byTarget.get(row.seq) : undefined;
    return change === undefined ? row : changed(row as MessageRow, change);
  });
}

function changed(row: MessageRow, change: WaitingChange): MessageRow {
  const { clientId, delivery, problem, text } = change;
  const told = { ...row, clientId, delivery, problem };
  if (change.kind === 'edit') {
    // One that was refused is still shown, even of a message that is gone: nobody types it twice.
    return { ...told, text, edited: true, deleted: row.deleted && delivery !== 'failed' };
  }
  const gone = { text: '', attachments: [], reactions: [], pinned: false, deleted: true };
  return delivery === 'failed' ? told : { ...told, ...gone };
}
