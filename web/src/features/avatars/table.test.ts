import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed } from 'vue';
import type { Avatars } from '@/api/generated/protocol';
import { AvatarTable } from './table';

const SAM = 'p9';
const at = (name: string) => `files/avatars/${name}?v=thumb`;

describe('the table of pictures', () => {
  let answer: Avatars;
  let asked: [number[], number[]][];
  let table: AvatarTable;

  beforeEach(() => {
    vi.useFakeTimers();
    answer = {
      people: [{ userId: 9, avatar: 'a' }],
      rooms: [{ room: 3, avatar: 'b' }],
      server: 'c',
    };
    asked = [];
    table = new AvatarTable(async (people, rooms) => {
      asked.push([people, rooms]);
      return answer;
    });
  });
  afterEach(() => vi.useRealTimers());

  it('asks once for all that is on show, and tells who looks', async () => {
    const shown = computed(() => [
      table.find(SAM),
      table.find('p10'),
      table.find('r3'),
      table.find('server'),
    ]);
    expect(shown.value).toEqual([undefined, undefined, undefined, undefined]);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([[[9, 10], [3]]]);
    expect(shown.value).toEqual([at('a'), undefined, at('b'), at('c')]);
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(1);
  });

  it('asks for many in parts', async () => {
    for (let id = 1; id <= 450; id += 1) {
      table.find(`p${id}`);
    }
    await vi.runAllTimersAsync();
    expect(asked.map(([people]) => people.length)).toEqual([200, 200, 50]);
  });

  it('holds what was told against an older answer', async () => {
    table.find(SAM);
    vi.advanceTimersByTime(100);
    table.note(SAM, 'newer');
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(1);
    expect(table.find(SAM)).toBe(at('newer'));
  });

  it('looks at what it knows again, and shows it meanwhile', async () => {
    table.find(SAM);
    await vi.runAllTimersAsync();
    answer = { people: [{ userId: 9, avatar: 'other' }], rooms: [] };
    table.look('r77');
    table.lookAtAll();
    expect(table.find(SAM)).toBe(at('a'));
    await vi.runAllTimersAsync();
    expect(asked[1]).toEqual([[9], []]);
    expect(table.find(SAM)).toBe(at('other'));
    table.note(SAM, undefined);
    expect(table.find(SAM)).toBeUndefined();
  });

  it('asks again after a request that failed', async () => {
    const ask = vi.fn(() => Promise.resolve(answer)).mockRejectedValueOnce(new Error('offline'));
    const failing = new AvatarTable(ask);
    failing.find(SAM);
    await vi.runAllTimersAsync();
    expect(failing.find(SAM)).toBeUndefined();
    await vi.runAllTimersAsync();
    expect(failing.find(SAM)).toBe(at('a'));
  });

  it('asks with the next welcome, and not before, for whom a request failed', async () => {
    const ask = vi.fn<(people: number[], rooms: number[]) => Promise<Avatars>>(async () => answer);
    const failing = new AvatarTable(ask.mockRejectedValueOnce(new Error('offline')));
    const shown = computed(() => failing.find(SAM));
    expect(shown.value).toBeUndefined();
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
    failing.lookAtAll();
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenLastCalledWith([9], []);
    expect(shown.value).toBe(at('a'));
    failing.lookAtAll();
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('keeps nothing for the next person here', async () => {
    table.find(SAM);
    await vi.runAllTimersAsync();
    table.find('p10');
    vi.advanceTimersByTime(100);
    // An answer that is under way is for the one before.
    answer = { people: [], rooms: [] };
    table.clear();
    await vi.runAllTimersAsync();
    expect(table.find(SAM)).toBeUndefined();
  });
});
