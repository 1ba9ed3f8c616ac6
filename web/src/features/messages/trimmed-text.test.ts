import { expect, it } from 'vitest';
import { trimmedText } from './trimmed-text';

it.each([
  ['    if (a) {\n        b();\n    }\n', '    if (a) {\n        b();\n    }'],
  [' \n\n\tif a:\n\t\tb()', '\tif a:\n\t\tb()'],
  ['  hello  ', 'hello'],
  ['\n  hello\n', 'hello'],
  [' \n ', ''],
])('%j is kept as %j', (typed, kept) => {
  expect(trimmedText(typed)).toBe(kept);
});
