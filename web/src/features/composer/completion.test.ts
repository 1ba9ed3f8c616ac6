import { describe, expect, it } from 'vitest';
import { setOwnEmoji } from '@/features/emoji/own/table';
import { completionAt } from './completion';

const vocabulary = (emoji = true) => ({
  crowds: () => [
    { userId: 'room' as const, name: 'room' },
    { userId: 'here' as const, name: 'here' },
    { userId: '&design' as const, name: 'design', people: 12 },
  ],
  emoji,
  people: () => ['Sam', 'Ada Lovelace', 'Alex'],
  rooms: () => ['general', 'tech', 'тест'],
});

const labels = (text: string, caret = text.length, emoji = true) =>
  completionAt(text, caret, vocabulary(emoji))?.proposals.map(({ label }) => label) ?? [];

describe('commands', () => {
  it('are all proposed after a slash, and those that begin so after a letter', () => {
    expect(labels('/')).toEqual([
      '/me text',
      '/nick name',
      '/join room',
      '/leave',
      '/topic text',
      '/invite name',
      '/msg name text',
      '/mute 1h, until 14:00',
      '/unmute',
      '/who',
      '/away',
      '/remind 20m text',
      '/logout',
      '/help',
    ]);
    expect(labels(' /L')).toEqual(['/leave', '/logout']);
  });

  it.each(['//', '/xyz', '/nick ', 'and /', '/nick Al', '', 'hello'])('%j has none', (text) => {
    expect(labels(text)).toEqual([]);
  });

  it('are about the word before the caret', () => {
    expect(labels('/lx', 2)).toEqual(['/leave', '/logout']);
    expect(completionAt(' /l', 3, vocabulary())?.start).toBe(1);
  });
});

describe('emoji', () => {
  it('of the server come first, by their names', () => {
    setOwnEmoji([
      { name: 'smirk-cat', picture: 'a' },
      { name: 'not-smiling', picture: 'b' },
    ]);
    const proposals = completionAt('so :smi', 7, vocabulary())?.proposals ?? [];
    expect(proposals).toHaveLength(8);
    expect(proposals.slice(0, 2)).toMatchObject([
      { text: ':smirk-cat: ', address: 'files/emoji/a' },
      { text: ':not-smiling: ', address: 'files/emoji/b' },
    ]);
    setOwnEmoji([]);
  });

  it('are not groups, which are proposed with how many are in them', () => {
    const [group] = completionAt('@des', 4, vocabulary())?.proposals ?? [];
    expect(group).toMatchObject({ text: '@design ', description: 'Group of 12' });
  });

  it('are proposed from the second letter of a shortcode on', () => {
    expect(labels(':s')).toEqual([]);
    expect(labels('so :smi').slice(0, 2)).toEqual([':smile:', ':smirk:']);
    expect(completionAt('so :smi', 7, vocabulary())).toMatchObject({ kind: 'emojiList', start: 3 });
  });

  it.each(['a:smi', '10:30', 'https://smile', ':smile:', ': smi', ':zzzz'])(
    '%j has none',
    (text) => {
      expect(labels(text)).toEqual([]);
    },
  );

  it('are not proposed to those who do not want them', () => {
    expect(labels(':smi', 4, false)).toEqual([]);
  });
});

describe('names', () => {
  it('of people are proposed after an @, from the first letter of any of their words on', () => {
    expect(labels('@a')).toEqual(['@Ada Lovelace', '@Alex']);
    expect(labels('thanks (@love')).toEqual(['@Ada Lovelace']);
    expect(completionAt('hi @sa', 6, vocabulary())).toMatchObject({
      kind: 'peopleList',
      start: 3,
      proposals: [{ text: '@Sam ' }],
    });
  });

  it('may have marks on their letters', () => {
    const people = () => ['हिमांशु'];
    expect(completionAt('@हि', 3, { ...vocabulary(), people })?.proposals).toHaveLength(1);
  });

  it('of rooms are proposed after a #', () => {
    expect(labels('see #Te')).toEqual(['#tech']);
    expect(labels('#те')).toEqual(['#тест']);
  });

  it.each(['@', '#', 'a@sam', '@xyz', '#1'])('%j has none', (text) => {
    expect(labels(text)).toEqual([]);
  });
});

it('many at once are proposed behind the people, with what that means', () => {
  expect(labels('@ro')).toEqual(['@room']);
  expect(completionAt('@he', 3, vocabulary())?.proposals[0]?.description).toBe(
    'Everybody who is here now',
  );
});
