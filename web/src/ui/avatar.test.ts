import { describe, expect, it } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initials } from './avatar';

/** The contrast of white with a colour, by WCAG 2.2. */
function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

describe('avatar', () => {
  it.each(AVATAR_COLOURS)('carries white letters on %s', (colour) => {
    expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5);
  });

  it('gives each of twelve neighbours a colour of its own', () => {
    const colours = Array.from({ length: 12 }, (_, userId) => avatarColour(userId + 1));
    expect(new Set(colours).size).toBe(12);
  });

  it.each([
    ['Alex', 'AL'],
    ['alex smith', 'AS'],
    ['Ana Maria Lopez', 'AL'],
    ['x_y', 'XY'],
    ['Guest 186', '186'],
    ['Guest 4821', 'G4'],
    ['Alex 2', 'A2'],
    ['Ядвига', 'ЯД'],
    ['é-', 'É'],
    ['', ''],
  ])('takes the initials of %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});
