import { expect, it } from 'vitest';
import { textParts } from './text-parts';

const stacks = (text: string) =>
  textParts(text).flatMap((part) => (part.kind === 'stack' ? [part.text] : []));

it('a letter under a stack of marks is a part of its own', () => {
  const stack = `Z${'\u0351'.repeat(12)}`;
  expect(textParts(`a ${stack} b`)).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'stack', text: stack },
    { kind: 'text', text: ' b' },
  ]);
  expect(stacks(`${'\u0489'.repeat(9)}x`)).toEqual(['\u0489'.repeat(9)]);
});

it.each(['Việt', 'שָׁלוֹם', 'عَرَبِيّ', 'ᾄ', 'བསྒྲུབས', 'น้ำ', '👩‍👩‍👧‍👦 ❤️ 👍🏽'])('%s is text', (text) => {
  for (const written of [text, text.normalize('NFD')]) {
    expect(textParts(written)).toEqual([{ kind: 'text', text: written }]);
  }
});

it('a long run of marks is one part, found at once', () => {
  expect(stacks('\u0301'.repeat(200_000))).toHaveLength(1);
});
