import { expect, it } from 'vitest';
import { press } from './pressed.mjs';

it('keeps what a module takes and gives, and what it does', async () => {
  const code = [
    'import { there } from "./there.js";',
    'const unused = 1;',
    'export const sum = (first, second) => { const all = first + second; return all + there; };',
  ].join('\n');
  const smaller = await press(code);
  expect(smaller).toMatch(/^import\{there as \w\}from"\.\/there\.js";/);
  expect(smaller).toMatch(/as sum\b|const sum=/);
  expect(smaller).not.toContain('unused');
  const itself = await import(
    `data:text/javascript,${encodeURIComponent(await press('export const two = 1 + 1;'))}`
  );
  expect(itself.two).toBe(2);
});
