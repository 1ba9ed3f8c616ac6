import { describe, expect, it } from 'vitest';
import { t } from '@/locales';
import { nameProblem } from './name';
import { roomOptions } from './room-options';

describe('a name', () => {
  it.each(['Al', ' Alex ', 'Ядвига', '李小龙', 'x_y-z. 1', 'Zoë', 'a'.repeat(20)])(
    'may be %j',
    (name) => {
      expect(nameProblem(name)).toBe('');
    },
  );

  it.each(['', ' x ', 'a'.repeat(21)])('has 2 to 20 characters, unlike %j', (name) => {
    expect(nameProblem(name)).toBe(t('errors.nameLength'));
  });

  it('is counted in characters, not in halves of them', () => {
    expect(nameProblem('𝒜')).toBe(t('errors.nameLength'));
  });

  it.each(['Al<b>', 'Al@ex', 'Al\nex', 'Al 🎉'])('is not %j', (name) => {
    expect(nameProblem(name)).toBe(t('errors.nameCharacters'));
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
