/** A key with what is held beside it. */
export interface Chord {
  /** As `KeyboardEvent.key` says it; a letter is small. */
  key: string;
  /** Ctrl, or Cmd on a Mac. */
  mod: boolean;
  alt: boolean;
  shift: boolean;
}

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
>;

/** Reads `Mod+K`, `Alt+ArrowUp`, `?` or `Mod++`: modifiers first, then a key by its name in `KeyboardEvent.key`. */
export function parseKeys(text: string): Chord {
  const [, before = '', key = ''] = /^((?:(?:Mod|Alt|Shift)\+)*)(.+)$/.exec(text) ?? [];
  const held = before.split('+');
  return {
    key: isCharacter(key) ? key.toLowerCase() : key,
    mod: held.includes('Mod'),
    alt: held.includes('Alt'),
    shift: held.includes('Shift'),
  };
}

/** Whether this is what was pressed. */
export function isPressed(chord: Chord, press: KeyPress, mac: boolean): boolean {
  // AltGr writes a character; on Windows it counts as Ctrl and Alt besides.
  const writes = press.getModifierState('AltGraph');
  const ctrl = press.ctrlKey && !writes;
  const mod = mac ? press.metaKey : ctrl;
  const other = mac ? ctrl : press.metaKey;
  return (
    isKey(chord.key, press) &&
    mod === chord.mod &&
    !other &&
    (press.altKey && !writes) === chord.alt &&
    // Whether Shift makes a "?" is the keyboard's matter.
    (press.shiftKey === chord.shift || (isCharacter(chord.key) && !isLetter(chord.key)))
  );
}

function isKey(key: string, press: KeyPress): boolean {
  if (!isLetter(key)) {
    return press.key === key;
  }
  const pressed = press.key.toLowerCase();
  // On a Cyrillic or Greek keyboard the letter is where it would be on a Latin one.
  return pressed === key || (!isLetter(pressed) && press.code === `Key${key.toUpperCase()}`);
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

function isLetter(key: string): boolean {
  return /^[a-z]$/.test(key);
}
