import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePeople } from '@/features/people/store';
import { mentioned, mentions, withNames, withNumbers } from './mentions';

const PEOPLE = [
  { userId: 7, name: 'Anna' },
  { userId: 8, name: 'Anna Lena' },
  { userId: 9, name: 'Zoë' },
  { userId: 10, name: 'J. R.' },
];

beforeEach(() => {
  setActivePinia(createPinia());
  usePeople().table.noteNow(PEOPLE);
});

describe('a text on its way', () => {
  it.each([
    ['@Anna: hello', '<@7>: hello'],
    ['(@anna lena)', '(<@8>)'],
    ['@Zoë, @ANNA and @Anna Lena!', '<@9>, <@7> and <@8>!'],
    ['@J. R. said', '<@10> said'],
    ['**@Anna**', '**<@7>**'],
  ])('names people by number: %s', (typed, sent) => {
    expect(withNumbers(typed, PEOPLE)).toBe(sent);
    expect(withNumbers(withNames(sent), PEOPLE)).toBe(sent);
  });

  it.each([
    'mail@Anna.org',
    '@Annabel',
    '@Annä',
    '@nobody',
    '`@Anna`',
    '```\n@Anna\n```',
    '@',
    'Anna',
  ])('stays as it was typed: %s', (typed) => {
    expect(withNumbers(typed, PEOPLE)).toBe(typed);
  });
});

describe('a text that is edited or copied', () => {
  it('has the names of now for the numbers that are known', () => {
    usePeople().table.noteNow([{ userId: 7, name: 'Anne' }]);
    expect(withNames('<@7> and <@99>')).toBe('@Anne and <@99>');
    expect(mentioned('<@7> and <@99>')).toEqual([{ userId: 7, name: 'Anne' }]);
  });

  it('tells whom it mentions', () => {
    expect([7, 8].map((userId) => mentions('<@7>!', userId))).toEqual([true, false]);
  });
});

describe('many at once', () => {
  const CROWDS = [...PEOPLE, { userId: 'room' as const, name: 'room' }];

  it('stand in a text as they are called', () => {
    expect(withNumbers('@room, @Anna and @here', CROWDS)).toBe('<@room>, <@7> and @here');
    expect(withNames('<@room> and <@here>')).toBe('@room and @here');
  });

  it('are everybody', () => {
    expect(mentions('<@here>: coffee', 12)).toBe(true);
    expect(mentions('@here', 12)).toBe(false);
  });
});
