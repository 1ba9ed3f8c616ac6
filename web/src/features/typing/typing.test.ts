import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Typist } from '@/api/generated/protocol';
import { isolate, withoutIsolates } from '@/locales/isolate';
import { typingSentence } from './sentence';
import { useTyping } from './store';

const OWN = 1;
const own: Typist = { userId: OWN, name: 'Me' };
const alex: Typist = { userId: 2, name: 'Alex' };
const sam: Typist = { userId: 3, name: 'Sam' };
const kim: Typist = { userId: 4, name: 'Kim' };

describe('the line about who is typing', () => {
  it.each([
    [[], 0, ''],
    [[own], 0, ''],
    [[alex, own], 0, 'Alex is typing'],
    [[alex, sam], 0, 'Alex and Sam are typing'],
    [[alex, own, sam], 0, 'Alex and Sam are typing'],
    [[alex, sam, kim], 0, 'Several people are typing'],
    [[alex], 1, 'Several people are typing'],
    [[alex, sam], 3, 'Several people are typing'],
  ])('for %j and %i more is %j', (users, more, sentence) => {
    expect(withoutIsolates(typingSentence({ users, more }, OWN))).toBe(sentence);
  });

  it('has each name apart', () => {
    const sentence = typingSentence({ users: [alex, sam], more: 0 }, OWN);
    expect(sentence).toContain(isolate('Alex'));
    expect(sentence).toContain(isolate('Sam'));
  });
});

describe('who is typing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const users = (typing: ReturnType<typeof useTyping>) => typing.typing('general')?.users ?? [];

  it('is what the server last said of the room', () => {
    const typing = useTyping();
    typing.take({ type: 'typing', room: 'general', users: [alex, sam], more: 0 });
    typing.take({ type: 'typing', room: 'tech', users: [kim], more: 0 });
    expect(users(typing)).toEqual([alex, sam]);
    typing.take({ type: 'typing', room: 'general', users: [], more: 0 });
    expect(users(typing)).toEqual([]);
  });

  it('runs out when the server falls silent, and not before', () => {
    const typing = useTyping();
    typing.take({ type: 'typing', room: 'general', users: [alex], more: 0 });
    vi.advanceTimersByTime(7_000);
    typing.take({ type: 'typing', room: 'general', users: [alex], more: 0 });
    vi.advanceTimersByTime(7_999);
    expect(users(typing)).toEqual([alex]);
    vi.advanceTimersByTime(1);
    expect(users(typing)).toEqual([]);
  });

  it('is nobody whose message has come', () => {
    const typing = useTyping();
    typing.take({ type: 'typing', room: 'general', users: [alex, sam], more: 0 });
    typing.endFor('general', alex.userId);
    expect(users(typing)).toEqual([sam]);
  });
});
