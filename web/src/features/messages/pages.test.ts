import { describe, expect, it } from 'vitest';
import { pageAfter, pageAround, pageBefore, pageOfSnapshot } from './pages';
import { membership, messages, SAM } from './test/log-events';

const none = { messages: [], events: [], eventsFrom: 1 };

describe('the stretch that a page covers', () => {
  it('of a snapshot begins with its first message, or with the room', () => {
    const page = { messages: messages(80, 128), events: [], eventsFrom: 1, headSeq: 130 };

    expect(pageOfSnapshot({ ...page, hasBefore: true })).toMatchObject({ from: 80, to: 130 });
    expect(pageOfSnapshot({ ...page, hasBefore: false })).toMatchObject({ from: 1, to: 130 });
  });

  it('of a snapshot without messages is empty, at the head', () => {
    expect(pageOfSnapshot({ ...none, headSeq: 130, hasBefore: true })).toEqual({
      from: 131,
      to: 130,
      entries: [],
    });
  });

  it('holds messages and other events in one order', () => {
    const joined = membership('memberJoined', 2, SAM, 'Sam');
    const covered = pageOfSnapshot({
      messages: messages(3, 3),
      events: [joined],
      eventsFrom: 1,
      headSeq: 3,
      hasBefore: false,
    });

    expect(covered.entries.map((event) => event.seq)).toEqual([2, 3]);
  });

  it('of an older page reaches up to the event asked for', () => {
    const page = { messages: messages(20, 69), events: [], eventsFrom: 1, hasAfter: true };

    expect(pageBefore(79, { ...page, hasBefore: true })).toMatchObject({ from: 20, to: 78 });
    expect(pageBefore(79, { ...page, hasBefore: false })).toMatchObject({ from: 1, to: 78 });
  });

  it('of an older page that brings nothing is the beginning, so that it is not asked for again', () => {
    const same = {
      messages: messages(79, 90),
      events: [],
      eventsFrom: 1,
      hasBefore: true,
      hasAfter: true,
    };
    expect(pageBefore(79, same)).toMatchObject({ from: 1, to: 78 });
    expect(pageBefore(79, { ...none, hasBefore: true, hasAfter: true })).toMatchObject({
      from: 1,
      to: 78,
    });
  });

  it('of a newer page joins the live segment when there is no message between', () => {
    const live = { from: 60, to: 80, seqs: [] };
    const page = { messages: messages(31, 50), events: [], eventsFrom: 1, hasBefore: true };

    expect(pageAfter(30, { ...page, hasAfter: true }, live)).toMatchObject({ from: 31, to: 50 });
    expect(pageAfter(30, { ...page, hasAfter: false }, live)).toMatchObject({
      from: 31,
      to: 59,
    });
    expect(pageAfter(30, { ...none, hasBefore: true, hasAfter: true }, live)).toMatchObject({
      from: 31,
      to: 59,
    });
  });

  it('of a page around a message has both ends', () => {
    const live = { from: 90, to: 99, seqs: [] };
    const page = { messages: messages(20, 40), events: [], eventsFrom: 1 };

    expect(pageAround({ ...page, hasBefore: true, hasAfter: true }, live)).toMatchObject({
      from: 20,
      to: 40,
    });
    expect(pageAround({ ...page, hasBefore: false, hasAfter: false }, live)).toMatchObject({
      from: 1,
      to: 89,
    });
  });

  it('ends where events are left out, for nobody knows what happened there', () => {
    const page = { messages: messages(20, 40), events: [], eventsFrom: 33, hasBefore: true };

    expect(pageOfSnapshot({ ...page, headSeq: 50 })).toMatchObject({ from: 33, to: 50 });
    expect(pageBefore(41, { ...page, hasAfter: true })).toMatchObject({ from: 33, to: 40 });
    expect(pageAfter(19, { ...page, hasAfter: true }, undefined)).toMatchObject({
      from: 33,
      to: 40,
    });
    expect(pageAround({ ...page, hasAfter: true }, undefined)).toMatchObject({ from: 33, to: 40 });
  });

  it('is nothing when events are left out up to where it would end', () => {
    const live = { from: 50, to: 90, seqs: [] };
    const page = { messages: messages(20, 40), events: [], eventsFrom: 70, hasBefore: true };

    expect(pageAfter(19, { ...page, hasAfter: false }, live)).toMatchObject({ from: 50, to: 49 });
    expect(pageAround({ ...page, hasAfter: false }, live)).toMatchObject({ from: 50, to: 49 });
  });

  it('of an older page is something, whatever it says of events', () => {
    const page = { messages: messages(20, 40), events: [], eventsFrom: 70, hasBefore: true };

    expect(pageBefore(41, { ...page, hasAfter: true })).toMatchObject({ from: 40, to: 40 });
  });
});
