/** Whole sequences, which the types do not know yet. */
const FLAG: string = 'v';
const FEW_EMOJI = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,3}$', FLAG);
/** No three emoji are longer, with spaces between them. */
const LONGEST = 60;

/** Whether a text is one to three emoji and nothing else: they are shown large. */
export function isFewEmoji(text: string): boolean {
  return text.length <= LONGEST && FEW_EMOJI.test(text);
}
