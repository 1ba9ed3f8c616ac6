import { describe, expect, it } from 'vitest';
import { Index, pieces } from './find';
import { type Letters, lettersOf, match, wordsOf } from './match';

const entry = (
  label: string,
  kind: 'place' | 'command' = 'place',
  bonus = 0,
  mark: '#' | '@' | '>' = kind === 'command' ? '>' : '#',
) => ({
  key: label,
  kind,
  mark,
  label,
  bonus,
});
const found = (labels: readonly string[], query: string) =>
  new Index(labels.map((label) => entry(label)))
    .find(query)
    .place.map(({ entry: { label } }) => label);

describe('looking for a name', () => {
  it.each([
    ['gen', 'General'],
    ['gnrl', 'General'],
    ['r42', 'Release 4.2'],
    ['lena anna', 'Anna Lena'],
    ['cafe', 'Café'],
    ['ΑΘΗ', 'Αθήνα'],
    ['مر', 'مرحبا'],
  ])('%s finds %s', (query, label) => {
    expect(match(wordsOf(query), lettersOf(label))).not.toBeNull();
  });

  it.each([
    ['xyz', 'General'],
    ['nrl', 'General'],
    ['general room', 'General'],
  ])('%s does not find %s', (query, label) => {
    expect(match(wordsOf(query), lettersOf(label))).toBeNull();
  });

  it('has the begin first, then the begin of a word, then what is within, then what has gaps', () => {
    const labels = ['Prelude', 'The release', 'Room for elks', 'Release'];
    expect(found(labels, 'rel')).toEqual(['Release', 'The release', 'Prelude', 'Room for elks']);
  });

  it('has what was used lately first of those that fit alike', () => {
    const index = new Index([entry('Tea'), entry('Tee', 'place', 5)]);
    expect(index.find('te').place[0]?.entry.label).toBe('Tee');
  });

  it('finds commands alone behind a sign', () => {
    const index = new Index([entry('Settle'), entry('Settings', 'command')]);
    expect(index.find('>set')).toMatchObject({
      place: [],
      command: [{ entry: { label: 'Settings' } }],
    });
  });

  it('finds rooms alone, and people alone, behind their signs', () => {
    const index = new Index([
      entry('Kitchen'),
      entry('Kim', 'place', 0, '@'),
      entry('Kill', 'command'),
    ]);
    const labels = (query: string) => {
      const { place, command } = index.find(query);
      return [...place, ...command].map((each) => each.entry.label);
    };
    expect(labels('#ki')).toEqual(['Kitchen']);
    expect(labels('@ki')).toEqual(['Kim']);
    expect(labels('@')).toEqual(['Kim']);
    expect(labels('ki').sort()).toEqual(['Kill', 'Kim', 'Kitchen']);
  });

  it('says which letters were meant', () => {
    expect(pieces('General', [0, 2])).toEqual([
      { text: 'G', meant: true },
      { text: 'e', meant: false },
      { text: 'n', meant: true },
      { text: 'eral', meant: false },
    ]);
  });

  it('looks at each letter of a thousand names a few times, whatever is typed', () => {
    let reads = 0;
    let length = 0;
    const counted = (text: string): Letters => {
      const letters = lettersOf(text);
      length += letters.length;
      return new Proxy([...letters], {
        get: (target, key) => {
          reads += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
          return Reflect.get(target, key);
        },
      });
    };
    const names = Array.from({ length: 1_000 }, (_, index) =>
      entry(`Project ${index} of room ${index % 7}`),
    );
    const index = new Index(names, counted);
    for (const query of ['p', 'pro', 'project 99', 'zzz', 'prjct rm', 'oooooo', 'ro 5']) {
      reads = 0;
      index.find(query);
      expect(reads, query).toBeLessThan(length * 8);
    }
  });
});
