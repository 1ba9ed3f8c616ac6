import { describe, expect, it } from 'vitest';
import { KIM, message, minute, OWN_USER_ID, SAM } from '../test/log-events';
import { LIVE, TestTimeline } from '../test/test-timeline';
import { laterInfo, withReply } from './thread-info';

const info = (replies: number, asOf: number) => ({ replies, last: 0, users: [], asOf });

describe('what stands under a root', () => {
  it('is counted on with each reply that is not counted', () => {
    const first = withReply(null, { seq: 5, at: 50, userId: 9, name: 'Sam' });
    expect(first).toEqual({ replies: 1, last: 50, users: [{ userId: 9, name: 'Sam' }], asOf: 5 });
    expect(withReply(first, { seq: 5, at: 50, userId: 9, name: 'Sam' })).toBe(first);
    const people = [7, 8, 9, 10].reduce(
      (known, userId, index) =>
        withReply(known, { seq: 6 + index, at: 60, userId, name: `${userId}` }),
      first,
    );
    expect(people?.replies).toBe(5);
    expect(people?.users.map(({ userId }) => userId)).toEqual([10, 9, 8]);
  });

  it('is that of the later count', () => {
    expect(laterInfo(info(1, 5), info(2, 7))).toEqual(info(2, 7));
    expect(laterInfo(info(1, 8), info(2, 7))).toEqual(info(1, 8));
    expect(laterInfo(null, info(2, 7))).toEqual(info(2, 7));
  });
});

describe('a conversation', () => {
  function timeline() {
    const test = new TestTimeline();
    const root = message(1, { threadInfo: { ...info(2, 3), last: minute(1) } });
    test.log.cover({ from: 1, to: 3, events: [root, message(3, { text: 'three' })] });
    return test;
  }
  const texts = (test: TestTimeline) =>
    test.rows(LIVE).flatMap((row) => (row.kind === 'message' ? row.text : []));
  const infoOf = (test: TestTimeline) => test.room.message(1)?.threadInfo;

  it('shows no reply but those that are said there as well', () => {
    const test = timeline();
    test.log.append(message(4, { thread: 1, text: 'in the thread' }));
    test.log.append(message(5, { thread: 1, also: true, text: 'in both' }));
    expect(texts(test)).toEqual(['message 1', 'three', 'in both']);
    expect(test.rows(LIVE).at(-1)).toMatchObject({ thread: 1 });
  });

  it('has the root tell of replies, each once', () => {
    const test = timeline();
    expect(infoOf(test)?.replies).toBe(2);
    test.log.append(message(4, { thread: 1, userId: KIM, name: 'Kim' }));
    test.log.append(message(4, { thread: 1, userId: KIM, name: 'Kim' }));
    expect(infoOf(test)).toMatchObject({ replies: 3, asOf: 4, users: [{ userId: KIM }] });
    expect(test.rows(LIVE).find((row) => row.key === 'm1')).toMatchObject({
      threadInfo: { replies: 3 },
    });
    // A page that was read before it comes late, and one that was read after it says the same.
    test.log.cover({ from: 1, to: 1, events: [message(1, { threadInfo: info(2, 3) })] });
    expect(infoOf(test)?.replies).toBe(3);
    test.log.cover({ from: 1, to: 1, events: [message(1, { threadInfo: info(1, 6) })] });
    expect(infoOf(test)?.replies).toBe(1);
  });

  it('keeps what is said under a root through its changes', () => {
    const test = timeline();
    test.log.append(message(4, { thread: 1 }));
    const header = { room: 1, at: 0, userId: SAM, name: 'Sam' };
    test.log.append({ ...header, type: 'messageEdited', seq: 5, target: 1, text: 'Hi' });
    expect(test.room.message(1)).toMatchObject({ text: 'Hi', threadInfo: { replies: 3 } });
    test.log.append({ ...header, type: 'messageDeleted', seq: 6, target: 1 });
    expect(test.room.message(1)).toMatchObject({ deleted: true, threadInfo: { replies: 3 } });
    test.room.takeThreadInfo(message(1, { threadInfo: info(2, 7) }));
    expect(infoOf(test)?.replies).toBe(2);
    test.room.takeThreadInfo(message(1, { threadInfo: info(9, 5) }));
    expect(infoOf(test)?.replies).toBe(2);
  });

  it('counts one of oneself like any other', () => {
    const test = timeline();
    test.log.append(message(4, { thread: 1, userId: OWN_USER_ID }));
    expect(infoOf(test)?.replies).toBe(3);
  });
});
