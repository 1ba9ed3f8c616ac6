import { describe, expect, it } from 'vitest';
import { isMac } from './is-mac';
import { keyNames } from './key-names';

describe('what stands on the keys', () => {
  it.each([
    ['Mod+K', false, ['Ctrl', 'K']],
    ['Mod+Shift+X', false, ['Ctrl', 'Shift', 'X']],
    ['Mod+Shift+X', true, ['⇧', '⌘', 'X']],
    ['Alt+ArrowUp', true, ['⌥', '↑']],
    ['Escape', false, ['Esc']],
    ['?', false, ['?']],
    ['PageUp', false, ['PageUp']],
  ])('for %s (Mac: %s)', (keys, mac, expected) => {
    expect(keyNames(keys, mac)).toEqual(expected);
  });

  it.each([
    ['MacIntel', true],
    ['iPhone', true],
    ['Win32', false],
    ['Linux x86_64', false],
  ])('depends on the platform: %s', (platform, expected) => {
    expect(isMac({ platform })).toBe(expected);
  });
});
