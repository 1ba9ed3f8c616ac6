import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrast, pairsInUse, pairsOf, readTokens, tooFaint } from './contrast.mjs';

const tokens = readTokens(readFileSync('src/styles/tokens.css', 'utf8'));

it('knows what black on white is, and grey on grey', () => {
  expect(contrast([100, 0, 0], [0, 0, 0])).toBeCloseTo(21, 1);
  expect(contrast([60, 0, 0], [60, 0, 0])).toBe(1);
});

it('finds what stands together in a rule', () => {
  expect(pairsOf('.a { color: var(--x); background: var(--y); } .b { color: var(--x); }')).toEqual([
    ['x', 'y'],
  ]);
});

it('is enough for every text on every ground, in both themes', () => {
  expect(tooFaint(tokens, pairsInUse())).toEqual([]);
});

it('tells of a text that is too faint', () => {
  expect(tooFaint(tokens, [['surface-3', 'surface']])).toHaveLength(2);
});

it('lets bubbles be seen on their ground', () => {
  for (const theme of ['light', 'dark']) {
    const ground = tokens.get('surface')[theme];
    expect(contrast(tokens.get('bubble-other')[theme], ground)).toBeGreaterThan(1.13);
    expect(contrast(tokens.get('bubble-own')[theme], ground)).toBeGreaterThan(1.5);
  }
});
