import { describe, expect, it } from 'vitest';
import { isPressed, parseKeys } from './keys';

function press(key: string, init: KeyboardEventInit = {}, altGraph = false): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, ...init });
  event.getModifierState = (name) => name === 'AltGraph' && altGraph;
  return event;
}

const PC = false;
const MAC = true;

describe('the name of keys', () => {
  it.each([
    ['Mod+K', { key: 'k', mod: true, alt: false, shift: false }],
    ['Alt+Shift+ArrowUp', { key: 'ArrowUp', mod: false, alt: true, shift: true }],
    ['?', { key: '?', mod: false, alt: false, shift: false }],
    ['+', { key: '+', mod: false, alt: false, shift: false }],
    ['Mod++', { key: '+', mod: true, alt: false, shift: false }],
    ['Escape', { key: 'Escape', mod: false, alt: false, shift: false }],
  ])('%s is read', (text, chord) => {
    expect(parseKeys(text)).toEqual(chord);
  });
});

describe('what is pressed', () => {
  it.each([
    ['Ctrl on a PC', 'Mod+K', press('k', { ctrlKey: true }), PC, true],
    ['Cmd on a Mac', 'Mod+K', press('k', { metaKey: true }), MAC, true],
    ['Ctrl on a Mac', 'Mod+K', press('k', { ctrlKey: true }), MAC, false],
    ['the Windows key', 'Mod+K', press('k', { metaKey: true }), PC, false],
    ['both at once', 'Mod+K', press('k', { ctrlKey: true, metaKey: true }), PC, false],
    ['with capitals locked', 'Mod+K', press('K', { ctrlKey: true }), PC, true],
    ['Shift too many', 'Mod+K', press('K', { ctrlKey: true, shiftKey: true }), PC, false],
    ['Shift as asked', 'Mod+Shift+X', press('X', { ctrlKey: true, shiftKey: true }), PC, true],
    ['Alt missing', 'Alt+ArrowUp', press('ArrowUp'), PC, false],
    ['Alt as asked', 'Alt+ArrowUp', press('ArrowUp', { altKey: true }), PC, true],
    ['Shift that makes the character', '?', press('?', { shiftKey: true }), PC, true],
    ['a character without Shift', '?', press('?'), PC, true],
    ['a Cyrillic keyboard', 'Mod+K', press('л', { code: 'KeyK', ctrlKey: true }), PC, true],
    ['a Dvorak keyboard', 'Mod+K', press('t', { code: 'KeyK', ctrlKey: true }), PC, false],
    ['AltGr', '@', press('@', { ctrlKey: true, altKey: true }, true), PC, true],
    ['AltGr for Ctrl', 'Mod+E', press('e', { ctrlKey: true, altKey: true }, true), PC, false],
  ])('%s: %s', (_, keys, event, mac, expected) => {
    expect(isPressed(parseKeys(keys), event, mac)).toBe(expected);
  });
});
