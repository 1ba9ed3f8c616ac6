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
  ])('%s', (text, address) => {
    expect(links(text)).toEqual([address]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'example.org',
    'https://',
    'xhttps://example.org',
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
  ])('gets through many %s', (_name, hostile) => {
    const text = `https://example.org/${hostile}`;
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
