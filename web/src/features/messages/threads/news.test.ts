import { expect, it } from 'vitest';
import type { LogEntry, MessageState } from '../message-state';
import { changeOf } from '../message-state';
import type { Row } from '../rows';
import { KIM, message, SAM } from '../test/log-events';
import { withThreadNews } from './news';

const reply = (seq: number, fields: Parameters<typeof message>[1] = {}) =>
  changeOf(message(seq, { thread: 1, ...fields })) as MessageState;

function rowOf(seq: number): Row {
  return { kind: 'notice', key: `s${seq}`, seq, notice: { type: 'roomCreated', name: '' } };
}

/** Somebody whom one blocks. */
const LEE = 11;
const root = changeOf(message(1, { text: 'Release 2.0' })) as MessageState;
const rows = [1, 2, 5].map(rowOf);
const news = (entries: LogEntry[], readSeq = 1) =>
  withThreadNews(rows, [{ root: 1, readSeq, unread: 2 }], [root, ...entries], (id) => id === LEE);

it('stands where the newest reply was said, once', () => {
  const shown = news([
    reply(3, { userId: SAM, name: 'Sam' }),
    reply(4, { userId: KIM, name: 'Kim' }),
  ]);
  expect(shown.map(({ key }) => key)).toEqual(['s1', 's2', 't1', 's5']);
  expect(shown[2]).toMatchObject({
    root: 1,
    unread: 2,
    newest: { userId: KIM },
    others: 1,
    about: 'Release 2.0',
  });
  expect(news([reply(3), reply(6)]).map(({ key }) => key)).toEqual(['s1', 's2', 's5', 't1']);
});

it('does not stand where nothing is new, or what is new is seen in the room', () => {
  expect(news([reply(3)], 3)).toBe(rows);
  expect(news([reply(3, { deleted: true })])).toBe(rows);
  expect(news([reply(4, { also: true })])).toBe(rows);
  // What is said in the room as well hides nothing that is not.
  expect(news([reply(3), reply(6, { also: true })]).map(({ key }) => key)).toEqual([
    's1',
    's2',
    't1',
    's5',
  ]);
  expect(news([reply(3, { thread: 2 })])).toBe(rows);
});

it('tells nothing of whom one blocks', () => {
  expect(news([reply(3, { userId: LEE })])).toBe(rows);
  expect(news([reply(3), reply(4, { userId: LEE })])[2]).toMatchObject({ key: 't1', others: 0 });
  const begun = changeOf(message(1, { userId: LEE, text: 'no' })) as MessageState;
  const thread = [{ root: 1, readSeq: 1, unread: 1 }];
  const shown = withThreadNews(rows, thread, [begun, reply(3)], (id) => id === LEE);
  expect(shown[2]).toMatchObject({ about: '' });
});

it('needs no message under which it is said', () => {
  const thread = [{ root: 1, readSeq: 1, unread: 1 }];
  const shown = withThreadNews(rows, thread, [reply(3)], () => false);
  expect(shown[2]).toMatchObject({ kind: 'thread-news', about: '' });
});
