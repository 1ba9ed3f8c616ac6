import { describe, expect, it } from 'vitest';
import { hasKeyword, isPersonal, isQuiet, isWanted } from './needed';

const PLAIN = { text: 'hello', inThread: false, followed: false, mentioned: false };
const PUBLIC = { kind: 'public' } as const;
const DIRECT = { kind: 'direct' } as const;
const NOW = Date.UTC(2026, 10, 30, 21, 30);

describe('whether somebody wants to be told', () => {
  const at = (level: 'all' | 'mentions' | 'nothing') => ({ level, keywords: ['tea'] });

  it.each([
    ['all', PLAIN, PUBLIC, true],
    ['mentions', PLAIN, PUBLIC, false],
    ['nothing', PLAIN, DIRECT, false],
    ['mentions', PLAIN, DIRECT, true],
    ['mentions', { ...PLAIN, mentioned: true }, PUBLIC, true],
    ['nothing', { ...PLAIN, mentioned: true }, PUBLIC, false],
    ['mentions', { ...PLAIN, text: 'Tea, please' }, PUBLIC, true],
    ['all', { ...PLAIN, inThread: true }, PUBLIC, false],
    ['mentions', { ...PLAIN, inThread: true, followed: true }, PUBLIC, true],
  ] as const)('%s: %o in %o is %s', (level, arrival, room, wanted) => {
    expect(isWanted(arrival, room, undefined, at(level), NOW)).toBe(wanted);
  });

  it.each([
    [PLAIN, PUBLIC, false],
    [{ ...PLAIN, mentioned: true, inThread: true }, PUBLIC, true],
    [PLAIN, DIRECT, true],
    [{ ...PLAIN, inThread: true, followed: true }, DIRECT, false],
  ] as const)('%o in %o is for one person: %s', (arrival, room, personal) => {
    expect(isPersonal(arrival, room)).toBe(personal);
  });

  it('goes by the room before it goes by what is so everywhere', () => {
    expect(isWanted(PLAIN, PUBLIC, { level: 'all' }, at('nothing'), NOW)).toBe(true);
    expect(isWanted(PLAIN, DIRECT, { level: 'nothing' }, at('all'), NOW)).toBe(false);
  });

  it('is told of nothing in a muted room, until that is over', () => {
    const wish = { level: 'all', mutedUntil: NOW + 1 } as const;
    const mentioned = { ...PLAIN, mentioned: true };
    expect(isWanted(mentioned, PUBLIC, wish, at('all'), NOW)).toBe(false);
    expect(isWanted(mentioned, PUBLIC, wish, at('all'), NOW + 1)).toBe(true);
  });
});

describe('a keyword', () => {
  it.each([
    ['Who wants tea?', 'tea', true],
    ['steam', 'tea', false],
    ['a team', 'tea', false],
    ['steam and TEA', 'tea', true],
    ['release-2.0 is out', 'release-2.0', true],
    ['今日東京へ行く', '東京', true],
    ['C++ only', 'c++', true],
    ['', 'tea', false],
  ])('in %j: %j is %s', (text, keyword, found) => {
    expect(hasKeyword(text, [keyword])).toBe(found);
  });
});

describe('quiet', () => {
  const settings = { level: 'all', keywords: [] } as const;
  const quiet = (from: number, to: number, zone = 'UTC') => ({
    ...{ level: 'all' as const, keywords: [] as string[] },
    quiet: { from: from * 60, to: to * 60, zone },
  });

  it('is nobody by himself', () => {
    expect(isQuiet({ ...settings, keywords: [] }, NOW)).toBe(false);
  });

  it.each([
    [22, 7, 'UTC', false],
    [21, 7, 'UTC', true],
    [22, 7, 'Europe/Berlin', true],
    [21, 22, 'UTC', true],
    [9, 17, 'UTC', false],
    [21, 22, 'Nowhere/Land', null],
  ])('from %i to %i in %s at half past nine in the evening is %s', (from, to, zone, expected) => {
    const found = isQuiet(quiet(from, to, zone), NOW);
    expect(expected === null ? typeof found : found).toBe(expected ?? 'boolean');
  });

  it('is a pause up to its end', () => {
    const paused = { ...settings, keywords: [], pausedUntil: NOW + 5 };
    expect([isQuiet(paused, NOW), isQuiet(paused, NOW + 5)]).toEqual([true, false]);
  });
});
