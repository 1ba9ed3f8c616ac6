import { beforeEach, describe, expect, it } from 'vitest';
import { Typeahead } from './typeahead';

const LABELS = ['Reply', 'React', 'Copy link', 'Copy text', 'Delete'];

let now = 0;
let typeahead: Typeahead;
beforeEach(() => {
  now = 0;
  typeahead = new Typeahead(() => now);
});

/** Where the focus is after these letters, each so many milliseconds after the one before. */
function typed(letters: string, { from = -1, pauseMs = 100 } = {}): number {
  return [...letters].reduce((current, letter) => {
    now += pauseMs;
    return typeahead.type(letter, LABELS, current) ?? current;
  }, from);
}

describe('typing in a menu', () => {
  it('finds what begins with the letters', () => {
    expect(typed('d')).toBe(4);
    now += 1_000;
    expect(typed('copy t', { pauseMs: 200 })).toBe(3);
    now += 1_000;
    expect(typed('REA')).toBe(1);
  });

  it('goes through all that begin with the same letter', () => {
    expect(typed('c')).toBe(2);
    expect(typed('c', { from: 2 })).toBe(3);
    expect(typed('c', { from: 3 })).toBe(2);
  });

  it('begins anew after a pause, or when the focus went elsewhere', () => {
    expect(typed('r')).toBe(0);
    expect(typed('d', { from: 0, pauseMs: 1_000 })).toBe(4);
    typeahead.reset();
    expect(typed('c', { from: 4 })).toBe(2);
  });

  it('stays when nothing begins so', () => {
    expect(typed('x', { from: 2 })).toBe(2);
  });

  it('takes a space as a letter only in the middle of a word', () => {
    expect(typeahead.typing).toBe(false);
    typed('copy');
    expect(typeahead.typing).toBe(true);
    now += 1_000;
    expect(typeahead.typing).toBe(false);
  });
});
