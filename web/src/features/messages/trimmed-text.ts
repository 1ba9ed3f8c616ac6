/** A text as the server keeps it: the first of several lines has its indentation, which belongs to those below it. */
export function trimmedText(text: string): string {
  const words = text.trim();
  if (!words.includes('\n')) {
    return words;
  }
  const ended = text.trimEnd();
  const blank = ended.slice(0, ended.length - words.length);
  return ended.slice(blank.lastIndexOf('\n') + 1);
}
