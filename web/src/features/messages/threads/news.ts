import { shallowReactive } from 'vue';
import { type InsertedRow, insertRows } from '../inserted-rows';
import { isInRoom, type LogEntry, type MessageState } from '../message-state';
import type { Row, ThreadNewsRow } from '../rows';

/** A thread that this person follows and in which others have written since it was read. */
export interface ThreadNews {
  /** The `seq` of the message under which it is said. */
  root: number;
  /** Up to where it is read. */
  readSeq: number;
  /** Others' replies behind that. */
  unread: number;
}

/** Those of each room, by its number. */
export const threadNews = shallowReactive(new Map<number, readonly ThreadNews[]>());

/** Puts a line for each of them where its newest reply stands in the log, so that nothing is missed by whoever reads the room alone. */
export function withThreadNews(
  rows: readonly Row[],
  news: readonly ThreadNews[],
  entries: readonly LogEntry[],
  isBlocked: (userId: number) => boolean,
): readonly Row[] {
  const lines = news.flatMap((thread) => lineOf(thread, entries, isBlocked) ?? []);
  return insertRows(
    rows,
    lines.sort((left, right) => left.afterSeq - right.afterSeq),
  );
}

function lineOf(
  { root, readSeq, unread }: ThreadNews,
  entries: readonly LogEntry[],
  isBlocked: (userId: number) => boolean,
): InsertedRow | undefined {
  // What is said in the room as well is seen there.
  const replies = entries.filter(
    (entry): entry is MessageState =>
      entry.type === 'message' &&
      entry.thread === root &&
      entry.seq > readSeq &&
      !(entry.deleted || isInRoom(entry) || isBlocked(entry.userId)),
  );
  const newest = replies.at(-1);
  if (newest === undefined) {
    return undefined;
  }
  const first = entries.find((entry) => entry.seq === root);
  const row: ThreadNewsRow = {
    kind: 'thread-news',
    key: `t${root}`,
    root,
    unread,
    newest: { userId: newest.userId, name: newest.name },
    others: new Set(replies.map(({ userId }) => userId)).size - 1,
    about: first?.type === 'message' && !isBlocked(first.userId) ? first.text : '',
  };
  return { afterSeq: newest.seq, row };
}
