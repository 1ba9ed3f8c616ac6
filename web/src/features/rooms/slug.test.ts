import { describe, expect, it } from 'vitest';
import { isSlug, slugFromTitle } from './slug';

describe('an address', () => {
  it.each(['a', '7', 'general', 'a-b', 'x'.repeat(40)])('can be %j', (text) => {
    expect(isSlug(text)).toBe(true);
  });

  it.each(['', '-', '-a', 'a-', 'A', 'a b', 'ä', 'a/b', 'x'.repeat(41)])('cannot be %j', (text) => {
    expect(isSlug(text)).toBe(false);
  });

  it.each([
    ['Coffee & Tea', 'coffee-tea'],
    ['  Café  Bücher! ', 'cafe-bucher'],
    ['Чай', ''],
    ['2026', '2026'],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('comes from the title %j as %j', (title, slug) => {
    expect(slugFromTitle(title)).toBe(slug);
  });
});
