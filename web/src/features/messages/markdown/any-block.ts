/** Code, quotes and lists, at the beginnings of lines. */
const ANY_BLOCK = /```|^(?:>(?: |$)|[^\S\n]*(?:[-*]|\d+\.)[^\S\n])/m;

/** Whether a text may be more than one paragraph; most messages are not. */
export function mayHaveBlocks(text: string): boolean {
  return ANY_BLOCK.test(text);
}
