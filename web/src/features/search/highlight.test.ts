import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';
import { needlesOf } from './needles';

const marked = (text: string, query: string) =>
  highlight(text, needlesOf(query))
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

describe('what is looked for', () => {
  it.each([
    ['Hello  "big World" it\'s', ['hello', 'big world', "it's"]],
    ['from:Alex in:"Tea & more" before:2026-11-30 has:link tea', ['tea']],
    [
      'http://x.org has:tea before:tomorrow from:',
      ['http://x.org', 'has:tea', 'before:tomorrow', 'from:'],
    ],
    ['Ｆｏｏ foo', ['foo']],
    ['"no end', ['no end']],
    ['" "', []],
  ])('%s', (query, needles) => {
    expect(needlesOf(query)).toEqual(needles);
  });
});

describe('a found message', () => {
  it.each([
    ['The Herring is RED', 'herr red', 'The [Herr]ing is [RED]'],
    ['東京都', '京', '東[京]都'],
    ['ﬁne ﬁsh', 'i', '[ﬁ]ne [ﬁ]sh'],
    ['aaa', 'aa', '[aa]a'],
    ['ΟΔΟΣ', 'οδος', '[ΟΔΟΣ]'],
    ['nothing', 'else', 'nothing'],
    ['👍 ok 👍', '👍', '[👍] ok [👍]'],
  ])('%s for %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('shows of a long text what is around the first', () => {
    const text = `${'x'.repeat(500)} herring ${'y'.repeat(500)}`;
    const parts = highlight(text, ['herring']);
    expect(parts.map((part) => part.text).join('').length).toBeLessThan(300);
    expect(parts.filter((part) => part.hit)).toEqual([{ text: 'herring', hit: true }]);
    expect([parts.at(0)?.text, parts.at(-1)?.text]).toEqual(['…', '…']);
  });

  it('is never cut within a character', () => {
    const parts = highlight('👍'.repeat(400), ['nothing']);
    expect(parts.map((part) => part.text).join('')).toMatch(/^(?:👍)+…$/u);
  });
});
