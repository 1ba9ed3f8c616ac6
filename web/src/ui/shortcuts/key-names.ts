import { t } from '@/locales';
import { parseKeys } from './keys';

const ARROWS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** What stands on the keys, in the order in which a person presses them. */
export function keyNames(keys: string, mac: boolean): string[] {
  const { key, mod, alt, shift } = parseKeys(keys);
  const held = mac
    ? [alt && '⌥', shift && '⇧', mod && '⌘']
    : [mod && t('keys.ctrl'), alt && t('keys.alt'), shift && t('keys.shift')];
  return [...held.filter((name) => name !== false), keyName(key)];
}

function keyName(key: string): string {
  switch (key) {
    case 'Escape':
      return t('keys.escape');
    case 'Enter':
      return t('keys.enter');
    case 'Delete':
      return t('keys.delete');
    default:
      return ARROWS[key] ?? (key.length === 1 ? key.toLocaleUpperCase() : key);
  }
}
