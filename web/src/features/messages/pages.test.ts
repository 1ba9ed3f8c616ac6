import { describe, expect, it } from 'vitest';
import { segmentAfter, segmentAround, segmentBefore, segmentOfSnapshot } from './pages';
import { membership, messages, SAM } from './test/log-events';

const none = { messages: [], events: [] };

describe('the stretch that a page covers', () => {
  it('of a snapshot begins with its first message, or with the room', () => {
    const page = { messages: messages(80, 128), events: [], headSeq: 130 };

    expect(segmentOfSnapshot({ ...page, hasBefore: true })).toMatchObject({ from: 80, to: 130 });
    expect(segmentOfSnapshot({ ...page, hasBefore: false })).toMatchObject({ from: 1, to: 130 });
  });

  it('of a snapshot without messages is empty, at the head', () => {
    expect(segmentOfSnapshot({ ...none, headSeq: 130, hasBefore: true })).toEqual({
      from: 131,
      to: 130,
      events: [],
    });
  });

  it('holds messages and other events in one order', () => {
    const joined = membership('memberJoined', 2, SAM, 'Sam');
    const covered = segmentOfSnapshot({
      messages: messages(3, 3),
      events: [joined],
      headSeq: 3,
      hasBefore: false,
    });

    expect(covered.events.map((event) => event.seq)).toEqual([2, 3]);
  });

  it('of an older page reaches up to the event asked for', () => {
    const page = { messages: messages(20, 69), events: [], hasAfter: true };

    expect(segmentBefore(79, { ...page, hasBefore: true })).toMatchObject({ from: 20, to: 78 });
    expect(segmentBefore(79, { ...page, hasBefore: false })).toMatchObject({ from: 1, to: 78 });
  });

  it('of an older page that brings nothing is the beginning, so that it is not asked for again', () => {
    const same = { messages: messages(79, 90), events: [], hasBefore: true, hasAfter: true };
    expect(segmentBefore(79, same)).toMatchObject({ from: 1, to: 78 });
    expect(segmentBefore(79, { ...none, hasBefore: true, hasAfter: true })).toMatchObject({
      from: 1,
      to: 78,
    });
  });

  it('of a newer page joins the live segment when there is no message between', () => {
    const live = { from: 60, to: 80, events: [] };
    const page = { messages: messages(31, 50), events: [], hasBefore: true };

    expect(segmentAfter(30, { ...page, hasAfter: true }, live)).toMatchObject({ from: 31, to: 50 });
    expect(segmentAfter(30, { ...page, hasAfter: false }, live)).toMatchObject({
      from: 31,
      to: 59,
    });
    expect(segmentAfter(30, { ...none, hasBefore: true, hasAfter: true }, live)).toMatchObject({
      from: 31,
      to: 59,
    });
  });

  it('of a page around a message has both ends', () => {
    const live = { from: 90, to: 99, events: [] };
    const page = { messages: messages(20, 40), events: [] };

    expect(segmentAround({ ...page, hasBefore: true, hasAfter: true }, live)).toMatchObject({
      from: 20,
      to: 40,
    });
    expect(segmentAround({ ...page, hasBefore: false, hasAfter: false }, live)).toMatchObject({
      from: 1,
      to: 89,
    });
  });
});
