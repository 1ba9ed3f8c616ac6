import { beforeEach, describe, expect, it } from 'vitest';
import { type Format, format, isInCode } from './format';

let field: HTMLTextAreaElement;

beforeEach(() => {
  field = document.createElement('textarea');
  document.body.replaceChildren(field);
});

/** Formats a text whose selection is between two `|`, and answers it in the same form. */
function formatted(text: string, how: Format): string {
  const [before = '', selected = '', after = ''] = text.split('|');
  field.value = before + selected + after;
  field.setSelectionRange(before.length, before.length + selected.length);
  format(field, how);
  const { value, selectionStart, selectionEnd } = field;
  return `${value.slice(0, selectionStart)}|${value.slice(selectionStart, selectionEnd)}|${value.slice(selectionEnd)}`;
}

describe('formatting what is selected', () => {
  it.each<[Format, string, string]>([
    ['bold', 'a |b c| d', 'a **|b c|** d'],
    ['bold', 'a **|b|** c', 'a |b| c'],
    ['italic', 'a |b| c', 'a *|b|* c'],
    ['italic', 'a *|b|* c', 'a |b| c'],
    ['italic', 'a **|b|** c', 'a ***|b|*** c'],
    ['italic', 'a ***|b|*** c', 'a **|b|** c'],
    ['strike', 'a| b |c', 'a ~~|b|~~ c'],
    ['code', '|a|', '`|a|`'],
    ['code', '|a\nb|', '```\n|a\nb|\n```'],
    ['code', '```\n|a\nb|\n```', '|a\nb|'],
    ['bold', 'a ||b', 'a **||**b'],
  ])('%s: %j', (how, before, after) => {
    expect(formatted(before, how)).toBe(after);
  });
});

describe('code that is being written', () => {
  it.each([
    ['```', true],
    ['```js\na', true],
    ['```js\na\n```', false],
    ['a `b', false],
    ['', false],
  ])('%j', (text, is) => {
    expect(isInCode(text, text.length)).toBe(is);
  });

  it('is what stands before the caret', () => {
    expect(isInCode('a ```b``` c', 6)).toBe(true);
    expect(isInCode('a ```b``` c', 1)).toBe(false);
  });
});
