import { describe, expect, it } from 'vitest';
import { parseBlocks } from './blocks';
import { written } from './test/written';

const read = (text: string) => written(parseBlocks(text));

describe('code', () => {
  it.each([
    ['```js\na *b*\n\n  c\n```', '<code-block js:a *b*\n\n  c>'],
    ['```\na\n```', '<code-block :a>'],
    ['look:\n\n```C++\na\n```\n\nso', '<p look:><code-block c++:a><p so>'],
    ['look: ```\na\n``` and so', '<p look:><code-block :a><p and so>'],
    ['```SELECT 1;\nSELECT 2;```', '<code-block :SELECT 1;\nSELECT 2;>'],
    ['```\na\n  b', '<code-block :a\n  b>'],
    ['```\na\n```\n```\nb\n```', '<code-block :a><code-block :b>'],
    ['````\na\n````', '<code-block :a>'],
    ['- a\n```\nb\n```', '<ul (a)><code-block :b>'],
    ['> ```\n> a\n> ```', '<quote <code-block :a>>'],
  ])('%j', (text, blocks) => {
    expect(read(text)).toBe(blocks);
  });
});

describe('quotes', () => {
  it.each([
    ['> a\n> *b*\nc', '<quote <p a\n<em b>>><p c>'],
    ['> a\n>\n> b', '<quote <p a\n\nb>>'],
    ['> > a\n> b', '<quote <quote <p a>><p b>>'],
    ['> - a\n> - b', '<quote <ul (a) (b)>>'],
    ['a\n\n> b\n\nc', '<p a><quote <p b>><p c>'],
  ])('%j', (text, blocks) => {
    expect(read(text)).toBe(blocks);
  });
});

describe('lists', () => {
  it.each([
    ['- a\n- b', '<ul (a) (b)>'],
    ['buy:\n* a\n* *b*\nso', '<p buy:><ul (a) (<em b>)><p so>'],
    ['3. a\n5. b', '<ol (3. a) (5. b)>'],
    ['- a\n  - b\n    - c\n- d', '<ul (a<ul (b<ul (c)>)>) (d)>'],
    ['1. a\n   - b\n2. c', '<ol (1. a<ul (b)>) (2. c)>'],
    ['- a\n  goes on\n- b', '<ul (a\ngoes on) (b)>'],
    ['- a\n1. b', '<ul (a)><ol (1. b)>'],
  ])('%j', (text, blocks) => {
    expect(read(text)).toBe(blocks);
  });
});

describe('a message without blocks', () => {
  it.each([
    '  a\n\n\n b ',
    '>_< ouch',
    '>quoted >> other',
    '>>> print(1)',
    '-5 and - 3',
    '--\nAlex',
    '2020 was\n1) a\n01. b',
    '3.14',
    '*',
    '- ',
    '```',
    'a ``` b',
    '# general # 1',
    '\n\n- ',
  ])('%j is one paragraph as it was written', (text) => {
    expect(read(text)).toBe(`<p ${text}>`);
  });
});
