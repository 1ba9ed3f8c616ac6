export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"`]+/giu;
const TRAILING_PUNCTUATION = /[.,:;!?'*_~]+$/u;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Cuts a message into text and http(s) addresses. Punctuation that ends a sentence is not part of an address, and
 * neither is a closing bracket that was opened before it: "(see https://example.org/a)".
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailer(match[0]);
    const href = parseAddress(address);
    if (href === null) {
      continue;
    }
    if (match.index > end) {
      parts.push({ kind: 'text', text: text.slice(end, match.index) });
    }
    parts.push({ kind: 'link', text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) {
    parts.push({ kind: 'text', text: text.slice(end) });
  }
  return parts;
}

function withoutTrailer(candidate: string): string {
  let address = candidate;
  for (;;) {
    const shorter = address.replace(TRAILING_PUNCTUATION, '');
    const closing = shorter.at(-1) ?? '';
    const opening = BRACKETS[closing];
    const unmatched = opening !== undefined && count(shorter, closing) > count(shorter, opening);
    const next = unmatched ? shorter.slice(0, -1) : shorter;
    if (next === address) {
      return address;
    }
    address = next;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function parseAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
