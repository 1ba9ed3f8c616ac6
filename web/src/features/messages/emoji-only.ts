import { emojiShown } from '@/features/emoji/shown';

/** Whole sequences, which the types do not know yet. */
const FLAG: string = 'v';
const FEW_EMOJI = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,3}$', FLAG);
const NAME = /:([a-z0-9_+-]+):/g;
/** No three emoji are longer, with spaces between them. */
const LONGEST = 110;

/** Whether a text is one to three emoji and nothing else, of the server as well: they are shown large. */
export function isFewEmoji(text: string): boolean {
  return text.length <= LONGEST && FEW_EMOJI.test(text.replace(NAME, sign));
}

function sign(written: string, name: string): string {
  return emojiShown.value?.(name) ? '😀' : written;
}
