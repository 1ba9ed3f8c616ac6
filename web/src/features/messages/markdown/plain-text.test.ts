import { expect, it } from 'vitest';
import { parseBlocks } from './blocks';
import { plainText } from './plain-text';

it.each([
  ['*a* **b** ~~c~~ `d` [e](https://f.example)', 'a b c d e'],
  ['||the end|| of it', '████ of it'],
  ['so:\n- a\n- b\n> c\n```js\nd\n  e\n```', 'so: a b c d e'],
])('%j in one line', (text, line) => {
  expect(plainText(parseBlocks(text))).toBe(line);
});
