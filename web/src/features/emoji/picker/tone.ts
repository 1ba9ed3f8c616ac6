import { readStored, writeStored } from '@/storage/local';

export const TONE_NAMES = ['none', 'light', 'mediumLight', 'medium', 'mediumDark', 'dark'] as const;

/** In the order of their names. */
const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

const KEY = 'chinwag.emojiTone';

/** An emoji of somebody in a tone; `tone` is a place among the names. */
export function withTone(character: string, tone: number): string {
  const sign = TONES[tone] ?? '';
  return sign === ''
    ? character
    : character.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${sign}`);
}

export function storedTone(): number {
  const tone = readStored<number>(KEY);
  return tone !== undefined && tone in TONES ? tone : 0;
}

export function storeTone(tone: number): void {
  writeStored(KEY, tone === 0 ? undefined : tone);
}
