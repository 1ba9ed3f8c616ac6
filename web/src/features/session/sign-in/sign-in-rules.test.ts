import { describe, expect, it } from 'vitest';
import { t } from '@/locales/late';
import { nameProblem } from '../name';
import { roomOptions } from './room-options';

describe('a name', () => {
  it.each(['A', ' Alex ', '李', "O'Brien", 'Sam🦊', 'a'.repeat(40), '𝒜'.repeat(40)])(
    'may be %j',
    (name) => {
      expect(nameProblem(name)).toBe('');
    },
  );

  it.each(['', '  ', 'a'.repeat(41)])('has 1 to 40 characters, unlike %j', (name) => {
    expect(nameProblem(name)).toBe(t('errors.nameLength'));
  });
});

describe('the rooms to choose from', () => {
  it('are the usual ones, by the titles they have here', () => {
    const { usual, more } = roomOptions([{ slug: 'tech', title: 'Technology' }], null);
    expect(usual.map(({ title }) => title)).toEqual(['General', 'Technology', 'Random']);
    expect(more).toEqual([]);
  });

  it('are the linked one first, then those of the last visit, up to six', () => {
    const known = Array.from({ length: 9 }, (_, n) => ({ slug: `r${n}`, title: `Room ${n}` }));
    const { more } = roomOptions(known, 'coffee');
    expect(more.map(({ slug }) => slug)).toEqual(['coffee', 'r0', 'r1', 'r2', 'r3', 'r4']);
    expect(more[0]?.title).toBe('coffee');
  });

  it('are each there once', () => {
    const known = [{ slug: 'coffee', title: 'Coffee' }];
    expect(roomOptions(known, 'coffee').more).toEqual(known);
    expect(roomOptions([], 'general').more).toEqual([]);
  });
});
