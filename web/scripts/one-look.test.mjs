import { expect, it } from 'vitest';
import { ownLooks } from './one-look.mjs';

const component = (css) => `<template><a href="#abc;" /></template><style scoped>${css}</style>`;

it.each([
  ['a { color: #fff; }', ['#fff']],
  ['a { box-shadow: 0 1px rgb(0 0 0 / 14%); }', ['rgb(']],
  ['a { background: oklch(50% 0.1 20); font-size: 13px; }', ['oklch(', 'font-size: 13px']],
  ['#abc { color: var(--text); font-size: 0.9em; }', []],
  ['a { background: color-mix(in oklch, currentcolor 12%, transparent); }', []],
])('%s', (css, found) => {
  expect(ownLooks(component(css), true)).toEqual(found);
  expect(ownLooks(css, false)).toEqual(found);
});
