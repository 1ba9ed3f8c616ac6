/**
 * Puts text in the place of another, as if it were typed: the browser's undo goes on working. The command is deprecated, and there is
 * nothing else that does it.
 */
export function replaceText(
  field: HTMLTextAreaElement,
  { start, end, text }: { start: number; end: number; text: string },
): void {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand?.('insertText', false, text)) {
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Puts what was picked where the caret was. */
export function putAtCaret(field: HTMLTextAreaElement | null, text: string): void {
  if (field !== null) {
    replaceText(field, { start: field.selectionStart, end: field.selectionEnd, text });
  }
}
