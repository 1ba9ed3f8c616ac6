import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@/api/generated/protocol';
import { GENERAL, TECH } from '@/api/test/rooms';
import { isolate, withoutIsolates } from '@/locales/isolate';
import { typingSentence } from './sentence';
import { useTyping } from './store';

const OWN = 1;
const own: Person = { userId: OWN, name: 'Me' };
const alex: Person = { userId: 2, name: 'Alex' };
const sam: Person = { userId: 3, name: 'Sam' };
const kim: Person = { userId: 4, name: 'Kim' };

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
    expect(withoutIsolates(typingSentence({ users, more }, OWN, new Set()))).toBe(sentence);
  });

  it('has each name apart', () => {
    expect(typingSentence({ users: [alex], more: 0 }, OWN, new Set([alex.userId]))).toBe('');
    const sentence = typingSentence({ users: [alex, sam], more: 0 }, OWN, new Set());
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

  const users = (typing: ReturnType<typeof useTyping>) => typing.typing(GENERAL)?.users ?? [];

  it('is what the server last said of the room', () => {
    const typing = useTyping();
    typing.apply({ type: 'typing', room: GENERAL, users: [alex, sam], more: 0 });
    typing.apply({ type: 'typing', room: TECH, users: [kim], more: 0 });
    expect(users(typing)).toEqual([alex, sam]);
    typing.apply({ type: 'typing', room: GENERAL, users: [], more: 0 });
    expect(users(typing)).toEqual([]);
  });

  it('runs out when the server falls silent, and not before', () => {
    const typing = useTyping();
    typing.apply({ type: 'typing', room: GENERAL, users: [alex], more: 0 });
    vi.advanceTimersByTime(7_000);
    typing.apply({ type: 'typing', room: GENERAL, users: [alex], more: 0 });
    vi.advanceTimersByTime(7_999);
    expect(users(typing)).toEqual([alex]);
    vi.advanceTimersByTime(1);
    expect(users(typing)).toEqual([]);
  });

  it('is nobody whose message has come', () => {
    const typing = useTyping();
    typing.apply({ type: 'typing', room: GENERAL, users: [alex, sam], more: 0 });
    typing.endFor(GENERAL, alex.userId);
    expect(users(typing)).toEqual([sam]);
  });
});
