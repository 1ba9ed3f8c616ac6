import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../test/random';
import { parseBlocks } from './blocks';
import type { Block, Inline } from './nodes';
import { plainText } from './plain-text';

beforeEach(() => {
  setActivePinia(createPinia());
});

const SEED = 20_261_130;
const PIECES = [
  ...['*', '**', '***', '_', '~~', '||', '`', '``', '```', '[', ']', '](', ')', '\\', '<', '>'],
  ...['\n', '\n\n', '\n- ', '\n* ', '\n1. ', '\n> ', '\n```', '\n```js\n', ' ', '  ', '.', ', '],
  ...['](https://a.example/b)', 'https://c.example/d_e', 'www.f.org', '(javascript:x)', '<@7>'],
  ...['<@room>', ' #general '],
  ...[
    'a',
    'b c',
    'Ü',
    '漢字',
    'שלום',
    '🎉',
    '👩‍👩‍👧',
    '\u0301\u0301\u0301\u0301\u0301',
    '\ud800',
    '\0',
  ],
];

/** All that is no mark, in the order in which it was written. */
function words(nodes: readonly (Block | Inline)[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
        case 'stack':
        case 'code':
          return node.text;
        case 'mention':
          return '@';
        case 'crowd':
          return `@${node.crowd}`;
        case 'emoji':
          return `:${node.name}:`;
        case 'room':
          return `#${node.slug}`;
        case 'code-block':
          return node.language + node.code;
        case 'list':
          return node.items.map(({ children }) => words(children)).join('');
        case 'link': {
          const text = words(node.children);
          return isBare(text, node.href) ? text : text + node.href;
        }
        default:
          return words(node.children);
      }
    })
    .join('');
}

function isBare(text: string, href: string): boolean {
  const address = /^https:/.test(text) ? text : `https://${text}`;
  return URL.canParse(address) && new URL(address).href === href;
}

const withoutMarks = (text: string) => text.replace(/[*_~|`[\]()\\<>\s\d.-]/gu, '');

function linksIn(nodes: readonly (Block | Inline)[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'list') {
      return node.items.flatMap(({ children }) => linksIn(children));
    }
    const own = node.kind === 'link' ? [node.href] : [];
    return 'children' in node ? [...own, ...linksIn(node.children)] : own;
  });
}

describe(`random texts (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const below = (limit: number) => Math.floor(random() * limit);

  it('lose nothing but marks, and lead nowhere else', () => {
    for (let count = 0; count < 10_000; count += 1) {
      const length = 1 + below(40);
      const text = Array.from({ length }, () => PIECES[below(PIECES.length)]).join('');
      const blocks = parseBlocks(text);
      expect(withoutMarks(words(blocks)), JSON.stringify(text)).toBe(withoutMarks(text));
      for (const href of linksIn(blocks)) {
        expect(href, JSON.stringify(text)).toMatch(/^https:\/\/[acf.]|^https:\/\/www\.f/);
      }
      expect(plainText(blocks)).not.toContain('\n');
    }
  });
});

describe('texts that are made to take long', () => {
  // Anything but linear work would run into the limit of a test: these are a hundred times as long as a message.
  it.each([
    ...['[', ']', '*', '_', '`', '|', '~', '\\', '> ', '- ', '>'].map((each) =>
      each.repeat(100_000),
    ),
    ...[
      '*a ',
      ' *a',
      '_a_ ',
      '**a* ',
      '`a ',
      '[a](',
      '](http://',
      '[a](http://a',
      '||a ',
      '~~a ',
    ].map((each) => each.repeat(50_000)),
    ...['*_', '**_', '[*', '`` ` ', '*(', '*_~~||', '(*_*) '].map((each) => each.repeat(50_000)),
    ...[
      '- a\n',
      '> a\n',
      '> > > > > > > a\n',
      '```\n',
      '```\na\n',
      '  - a\n',
      '1. a\n',
      '\n \n',
    ].map((each) => each.repeat(25_000)),
    ...['https://a.example/ ', 'www.a.org *', '[a](https://b.example) '].map((each) =>
      each.repeat(25_000),
    ),
    Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
    Array.from({ length: 1_000 }, (_, length) => '`'.repeat(length)).join(' '),
    `${'*_'.repeat(25_000)}a${'_*'.repeat(25_000)}`,
    `${'[ '.repeat(100_000)}https://a.example ${'](http://b.example) '.repeat(25_000)}`,
    `-${' '.repeat(100_000)}`,
    `${' '.repeat(100_000)}x\n- a`,
    `\`\`\`${' '.repeat(100_000)}x\n- a`,
  ])('%# are read in one walk', (text) => {
    expect(plainText(parseBlocks(text)).length).toBeLessThan(text.length + 10);
  });

  it('make nodes no deeper than can be shown', () => {
    const deep = parseBlocks(`${'> '.repeat(1_000)}${'*_'.repeat(1_000)}a${'_*'.repeat(1_000)}`);
    const depth = (nodes: readonly (Block | Inline)[]): number =>
      Math.max(0, ...nodes.map((node) => 1 + ('children' in node ? depth(node.children) : 0)));
    expect(depth(deep)).toBeLessThan(50);
  });
});
