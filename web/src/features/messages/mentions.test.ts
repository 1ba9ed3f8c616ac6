import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePeople } from '@/features/people/store';
import { useSession } from '@/features/session/store';
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

  it('are those of a group', async () => {
    const groups = [
      { name: 'design', people: 2, mine: true },
      { name: 'ops', people: 1, mine: false },
    ];
    const ask = vi.spyOn(useSession(), 'ask').mockResolvedValue({ groups });
    const both = () => ['<@&design>!', '<@&ops>!'].map((text) => mentions(text, 12));
    expect(both()).toEqual([false, false]);
    await flushPromises();
    expect(both()).toEqual([true, false]);
    expect(ask).toHaveBeenCalledTimes(1);
    const called = { userId: '&design' as const, name: 'design' };
    expect(withNumbers('@Design and @designer', [called])).toBe('<@&design> and @designer');
    expect(withNames('<@&design>, <@&дизайн>')).toBe('@design, @дизайн');
  });

  it('are everybody', () => {
    expect(mentions('<@here>: coffee', 12)).toBe(true);
    expect(mentions('@here', 12)).toBe(false);
  });
});
