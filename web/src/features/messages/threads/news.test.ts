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

const root = changeOf(message(1, { text: 'Release 2.0' })) as MessageState;
const rows = [1, 2, 5].map(rowOf);
const news = (entries: LogEntry[], readSeq = 1) =>
  withThreadNews(rows, [{ root: 1, readSeq, unread: 2 }], [root, ...entries]);

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
  expect(news([reply(3), reply(4, { also: true })])).toBe(rows);
  expect(news([reply(3, { thread: 2 })])).toBe(rows);
});

it('needs no message under which it is said', () => {
  const shown = withThreadNews(rows, [{ root: 1, readSeq: 1, unread: 1 }], [reply(3)]);
  expect(shown[2]).toMatchObject({ kind: 'thread-news', about: '' });
});
