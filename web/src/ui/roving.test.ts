import { describe, expect, it } from 'vitest';
import { moved, moveOf } from './roving';

describe('a key in a row', () => {
  it.each([
    ['ArrowDown', 'vertical', false, 'next'],
    ['ArrowUp', 'vertical', false, 'previous'],
    ['ArrowRight', 'vertical', false, undefined],
    ['ArrowRight', 'horizontal', false, 'next'],
    ['ArrowLeft', 'horizontal', false, 'previous'],
    ['ArrowLeft', 'horizontal', true, 'next'],
    ['ArrowRight', 'horizontal', true, 'previous'],
    ['Home', 'horizontal', true, 'first'],
    ['End', 'vertical', false, 'last'],
    ['toString', 'vertical', false, undefined],
  ] as const)('%s (%s, right to left: %s) means %s', (key, axis, rightToLeft, expected) => {
    expect(moveOf(key, axis, rightToLeft)).toBe(expected);
  });
});

describe('a move', () => {
  it.each([
    ['next', -1, 3, 0],
    ['next', 0, 3, 1],
    ['next', 2, 3, 0],
    ['previous', -1, 3, 2],
    ['previous', 0, 3, 2],
    ['previous', 2, 3, 1],
    ['first', 2, 3, 0],
    ['last', -1, 3, 2],
    ['next', -1, 0, -1],
    ['previous', -1, 0, -1],
    ['first', -1, 0, -1],
    ['last', -1, 0, -1],
  ] as const)('%s from %i of %i leads to %i', (move, current, count, expected) => {
    expect(moved(move, current, count)).toBe(expected);
  });
});
