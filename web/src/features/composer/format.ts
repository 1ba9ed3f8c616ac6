import { replaceText } from './replace-text';

export const MARKS = { bold: '**', italic: '*', code: '`', strike: '~~' } as const;

export type Format = keyof typeof MARKS;

/** Puts marks around what is selected, or takes away those that are there. Without a selection the caret comes between them. */
export function format(field: HTMLTextAreaElement, how: Format): void {
  const { start, end } = selectedWords(field);
  const selected = field.value.slice(start, end);
  const isBlock = how === 'code' && selected.includes('\n');
  const opening = isBlock ? '```\n' : MARKS[how];
  const closing = isBlock ? '\n```' : MARKS[how];
  const before = field.value.slice(0, start);
  if (endsWithMark(before, opening) && field.value.slice(end).startsWith(closing)) {
    const text = { start: start - opening.length, end: end + closing.length, text: selected };
    replaceText(field, text);
    field.setSelectionRange(text.start, text.start + selected.length);
  } else {
    replaceText(field, { start, end, text: opening + selected + closing });
    field.setSelectionRange(start + opening.length, end + opening.length);
  }
}

/** Whether the caret is within a block of code that is not ended: Enter breaks its line there. */
export function isInCode(text: string, caret: number): boolean {
  const fences = text.slice(0, caret).match(/```/g) ?? [];
  return fences.length % 2 === 1;
}

/** What is selected, without the spaces at its ends: marks stand at words. */
function selectedWords({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
  const selected = value.slice(selectionStart, selectionEnd);
  if (selected.trim() === '') {
    return { start: selectionStart, end: selectionEnd };
  }
  return {
    start: selectionStart + selected.length - selected.trimStart().length,
    end: selectionEnd - selected.length + selected.trimEnd().length,
  };
}

function endsWithMark(text: string, mark: string): boolean {
  // Two stars are bold; the one that makes it slanted would be a third.
  const stars = /\**$/.exec(text)?.[0].length ?? 0;
  return text.endsWith(mark) && (mark !== MARKS.italic || stars % 2 === 1);
}
