import { describe, expect, it } from 'vitest';
import { linkify } from './linkify';

function links(text: string): string[] {
  return linkify(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));
}

describe('addresses in a message', () => {
  it.each([
    ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d'],
    ['https://example.org.', 'https://example.org'],
    ['(see https://example.org/a)', 'https://example.org/a'],
    ['https://en.wikipedia.org/wiki/Rust_(fungus)', 'https://en.wikipedia.org/wiki/Rust_(fungus)'],
    [
      '(https://en.wikipedia.org/wiki/Rust_(fungus)).',
      'https://en.wikipedia.org/wiki/Rust_(fungus)',
    ],
    ['HTTP://EXAMPLE.ORG', 'HTTP://EXAMPLE.ORG'],
    ['http://localhost:3000/rooms/tech/128', 'http://localhost:3000/rooms/tech/128'],
    ['"https://example.org"', 'https://example.org'],
    ['看 https://example.com。谢谢', 'https://example.com'],
    ['看https://example.com谢谢', 'https://example.com'],
    ['(https://example.com/a）を見て', 'https://example.com/a'],
    ['「https://example.com/path」', 'https://example.com/path'],
    ['https://example.com/a?b=1에서', 'https://example.com/a?b=1'],
    ['https://example.com/aครับ', 'https://example.com/a'],
    ['https://ja.wikipedia.org/wiki/日本、と', 'https://ja.wikipedia.org/wiki/日本'],
    ['https://日本語.jp/', 'https://日本語.jp/'],
    [
      'https://de.wikipedia.org/wiki/Köln_–_Düsseldorf –',
      'https://de.wikipedia.org/wiki/Köln_–_Düsseldorf',
    ],
    ['“https://example.com/a”', 'https://example.com/a'],
    ['‘https://example.com/a’', 'https://example.com/a'],
    ['„https://example.com/a“', 'https://example.com/a'],
    ['«https://example.com/a»', 'https://example.com/a'],
    ['https://example.com/a…', 'https://example.com/a'],
    ['https://example.com/a؟', 'https://example.com/a'],
    ['https://example.com/a।', 'https://example.com/a'],
    ['https://example.com/a🎉', 'https://example.com/a'],
    ['https://example.com/a\u{200b}b', 'https://example.com/a'],
    ['https://example.com/a\u{3164}', 'https://example.com/a'],
    ['see www.example.org/a.', 'www.example.org/a'],
    ['看www.example.org。', 'www.example.org'],
    ['on example.org, as', 'example.org'],
    ['GitHub.com/a/b#c!', 'GitHub.com/a/b#c'],
    ['bbc.co.uk', 'bbc.co.uk'],
    ['example.com:8080/x', 'example.com:8080/x'],
    ['write to alex.m+chat@mail.example.org.', 'alex.m+chat@mail.example.org'],
  ])('%s', (text, address) => {
    expect(links(text)).toEqual([address]);
  });

  it.each([
    ['https://example.com。谢谢', 'https://example.com/'],
    ['www.example.org', 'https://www.example.org/'],
    ['example.org', 'https://example.org/'],
    ['alex@example.org', 'mailto:alex@example.org'],
  ])('%s leads there', (text, href) => {
    expect(linkify(text)[0]).toMatchObject({ kind: 'link', href });
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'https://',
    'xhttps://example.org',
    'www.',
    'www.example',
    'awww.example',
    'main.rs and README.md',
    'node.js',
    'e.g. this.and',
    'a/example.org',
    'example.org.evil',
    'alex@example',
    '@example.org',
    'alex@@example.org',
  ])('leaves %s alone', (text) => {
    expect(linkify(text)).toEqual([{ kind: 'text', text }]);
  });

  it('ends an address where the direction is changed', () => {
    const [link] = linkify('https://example.org/\u{202e}gpj.exe');
    expect(link).toEqual({
      kind: 'link',
      text: 'https://example.org/',
      href: 'https://example.org/',
    });
  });

  it('loses nothing of the text', () => {
    const text = 'a https://a.example, <b> & https://b.example!\nend https://';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(links(text)).toEqual(['https://a.example', 'https://b.example']);
  });

  // Anything but linear work would run into the limit of a test: these are a hundred times as long as a message.
  it.each([
    ['brackets', ')'.repeat(200_000)],
    ['full stops before the end', `${'.'.repeat(200_000)}x`],
    ['full stops before brackets', `${'.'.repeat(100_000)}x${')'.repeat(100_000)}`],
    ['brackets between full stops', '.)'.repeat(100_000)],
    ['addresses', 'http://'.repeat(30_000)],
    ['hosts', ` ${'a.'.repeat(100_000)}`],
    ['letters', ` ${'a'.repeat(200_000)}`],
    ['mail addresses', ` ${'a@'.repeat(100_000)}`],
    ['hyphens in CJK', '看-'.repeat(100_000)],
  ])('gets through many %s', (_name, hostile) => {
    const text = `https://example.org/${hostile}`;
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
