import { expect, it } from 'vitest';
import { foldedText, lineCount } from './folding';

it.each([
  ['', 1],
  ['hello', 1],
  ['x'.repeat(61), 2],
  [`a\n\n${'x'.repeat(120)}`, 4],
])('%j takes %i lines', (text, lines) => {
  expect(lineCount(text)).toBe(lines);
});

it('a text of a few lines is shown at once', () => {
  expect(foldedText('hello\nSam')).toBeNull();
  expect(foldedText('line\n'.repeat(39))).toBeNull();
  expect(foldedText('x'.repeat(2_000))).toBeNull();
});

it('a long one is folded to its beginning', () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index + 1}`);
  expect(foldedText(lines.join('\n'))).toBe(lines.slice(0, 20).join('\n'));
  expect(foldedText('x'.repeat(100_000))).toBe('x'.repeat(1_200));
  expect(foldedText(`${'\n'.repeat(2_000)}end`)).toBe('');
});
