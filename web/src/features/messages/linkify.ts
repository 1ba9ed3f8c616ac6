import { ADDRESS } from './addresses';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };

const PUNCTUATION = ".,:;!?'*_~|–—";
const BRACKETS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

/**
 * Cuts a message into text and addresses: of pages, with or without a scheme, and of mail. Punctuation that ends a sentence is not
 * part of an address, and neither is a closing bracket that was opened before it: "(see https://example.org/a)".
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailer(match[0]);
    const href = hrefOf(address, match.groups ?? {});
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

/** Goes once from the end to the front: whoever writes a message must not decide how long its readers wait. */
function withoutTrailer(candidate: string): string {
  const surplus = new Map<string, number>();
  for (const [opening, closing] of BRACKETS) {
    surplus.set(closing, count(candidate, closing) - count(candidate, opening));
  }
  let end = candidate.length;
  for (; end > 0; end -= 1) {
    const last = candidate.charAt(end - 1);
    const unmatched = surplus.get(last) ?? 0;
    if (unmatched > 0) {
      surplus.set(last, unmatched - 1);
    } else if (!PUNCTUATION.includes(last)) {
      break;
    }
  }
  return candidate.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(
  address: string,
  { mail, bare }: Record<string, string | undefined>,
): string | null {
  if (mail !== undefined) {
    return `mailto:${address}`;
  }
  return safeAddress(bare === undefined ? address : `https://${address}`);
}

/** An address as the browser writes it, when it may be followed: one of the web, or of mail. */
export function safeAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
