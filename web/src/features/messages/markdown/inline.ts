import { linkify, safeAddress, type TextPart } from '../linkify';
import type { Crowd } from '../mentions';
import { codeEnds } from './code-ends';
import { isApostrophe, isSeen, mayClose, mayOpen } from './flanking';
import type { Inline, Wrapper } from './nodes';
import { tidy } from './tidy';

/** A blank line is one of them: no mark reaches across it. */
const TOKEN =
  /<@(?:[1-9]\d{0,15}|room|here|&[\p{L}\p{M}\p{N}_-]{1,40})>|\\[\\*~|`[\]_]|`+|\*+|_+|~+|\|+|\[|\]|\n(?=[^\S\n]*\n)|(?<![\p{L}\p{M}\p{N}_&/#<])#[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,63}|:[a-z0-9_+-]{2,32}:/gu;
/** Ends where the next `](` stands: who writes many of them must not make each look through all that follow. */
const DESTINATION =
  /\]\((?<address>(?:https?:\/\/|mailto:)(?:(?!\]\()[^\s<>()]|\((?:(?!\]\()[^\s<>()])*\))*)\)/iuy;
/** How many opening marks wait for their end at the same time, and so how deep the nodes are. */
const MOST_OPEN = 32;

function mentionOf(named: string): Inline {
  return /^\d/.test(named)
    ? { kind: 'mention', userId: Number(named) }
    : { kind: 'crowd', crowd: named as Crowd };
}

/** A mark that waits for its end. */
interface Opening {
  /** The character that it is of. */
  sign: string;
  /** How many of them are not used yet. */
  length: number;
  /** Where its text is among the nodes. */
  index: number;
  /** Where it ends in the text. */
  end: number;
}

/** Cuts the text of a paragraph into nodes. Marks without their counterpart are text. */
export function parseInline(text: string): Inline[] {
  return new InlineParser(text).parse();
}

class InlineParser {
  private readonly nodes: Inline[] = [];
  private readonly openings: Opening[] = [];
  private readonly endOfCode: ReturnType<typeof codeEnds>;
  private at = 0;
  /** The signs that were made text by a backslash. */
  private escaped = '';
  private ahead = { token: '', index: -1 };

  constructor(private readonly text: string) {
    this.endOfCode = codeEnds(text);
  }

  parse(): Inline[] {
    let start = 0;
    for (const part of linkify(this.text)) {
      // Code and the destination of a link may reach into it.
      if (part.kind === 'link' && start >= this.at) {
        this.readTo(start);
        this.bareLink(part, start);
      }
      start += part.text.length;
    }
    this.readTo(this.text.length);
    return tidy(this.nodes);
  }

  private bareLink(part: TextPart & { kind: 'link' }, start: number): void {
    if (start >= this.at) {
      const { href, text } = part;
      this.nodes.push({ kind: 'link', href, children: [{ kind: 'text', text }] });
      this.at = start + part.text.length;
    }
  }

  /** Reads the marks up to a place; the last of them may reach beyond it. */
  private readTo(end: number): void {
    while (this.at < end) {
      const { token, index } = this.next();
      const start = Math.min(index, end);
      this.literal(this.text.slice(this.at, start));
      this.at = start;
      if (start < end) {
        this.read(token, start);
      }
    }
  }

  /** The next mark, which is looked for once. */
  private next(): { token: string; index: number } {
    if (this.ahead.index < this.at) {
      TOKEN.lastIndex = this.at;
      const found = TOKEN.exec(this.text);
      this.ahead = { token: found?.[0] ?? '', index: found?.index ?? Number.POSITIVE_INFINITY };
    }
    return this.ahead;
  }

  private read(token: string, start: number): void {
    this.at = start + token.length;
    switch (token.charAt(0)) {
      case '\\':
        this.escape(token, start);
        break;
      case '<':
        this.nodes.push(mentionOf(token.slice(2, -1)));
        break;
      case '#':
        this.nodes.push({ kind: 'room', slug: token.slice(1) });
        break;
      case ':':
        this.nodes.push({ kind: 'emoji', name: token.slice(1, -1) });
        break;
      case '`':
        this.code(token, start);
        break;
      case '[':
        this.open(token, start);
        break;
      case ']':
        this.link(start);
        break;
      case '\n':
        this.openings.length = 0;
        this.literal(token);
        break;
      default:
        this.mark(token, start);
    }
  }

  /** The backslash goes from where a mark would begin, and from those that would end it: ¯\_(ツ)_/¯, \[a-z\] and C:\* keep theirs. */
  private escape(token: string, start: number): void {
    const sign = token.charAt(1);
    if (/[*~|`]/.test(sign) && mayOpen(this.text, start, this.at)) {
      this.escaped += sign;
    }
    this.literal(this.escaped.includes(sign) ? sign : token);
  }

  private code(token: string, start: number): void {
    const end = this.endOfCode(token.length, this.at);
    const code = end === undefined ? '' : this.text.slice(this.at, end);
    if (
      end === undefined ||
      code === '' ||
      code.includes('\n') ||
      this.isApostrophe(token, start)
    ) {
      this.literal(token);
      return;
    }
    // The spaces that keep a backtick of the code from the marks.
    const inner = /^ .*`.* $|^ `| `$/.test(code) ? code.replace(/^ | $/g, '') : code;
    this.nodes.push({ kind: 'code', text: inner });
    this.at = end + token.length;
  }

  private isApostrophe(token: string, start: number): boolean {
    return token.length === 1 && isApostrophe(this.text, start);
  }

  private mark(token: string, start: number): void {
    const sign = token.charAt(0);
    const usual = sign === '*' ? token.length <= 3 : token.length === (sign === '_' ? 1 : 2);
    const left =
      usual && mayClose(this.text, start, this.at) ? this.close(token, start) : token.length;
    if (usual && left === token.length && mayOpen(this.text, start, this.at)) {
      this.open(token, start);
    } else {
      this.literal(sign.repeat(left));
    }
  }

  private open(token: string, start: number): void {
    this.openings.push({
      sign: token.charAt(0),
      length: token.length,
      index: this.nodes.length,
      end: start + token.length,
    });
    this.literal(token);
    if (this.openings.length > MOST_OPEN) {
      this.openings.shift();
    }
  }

  /** Ends what the signs end, from the inside out, and answers how many of them ended nothing. */
  private close(token: string, start: number): number {
    const sign = token.charAt(0);
    let left = token.length;
    while (left > 0) {
      const found = this.openings.findLastIndex(
        (each) => each.sign === sign && (each.length === left || each.length === 3 || left === 3),
      );
      const opening = this.openings[found];
      if (opening === undefined) {
        break;
      }
      this.openings.length = found + 1;
      if (!isSeen(this.text.slice(opening.end, start))) {
        this.openings.pop();
        break;
      }
      // Of three on either side one is the inner mark.
      const used = opening.length === left && left === 3 ? 1 : Math.min(opening.length, left);
      this.wrap(opening, used, { kind: wrapperOf(sign, used), children: [] });
      left -= used;
    }
    return left;
  }

  /** Puts what was read since the opening into a node. */
  private wrap(opening: Opening, used: number, node: Inline & { children: Inline[] }): void {
    node.children.push(...tidy(this.nodes.splice(opening.index + 1)));
    opening.length -= used;
    this.nodes[opening.index] = { kind: 'text', text: opening.sign.repeat(opening.length) };
    this.nodes.push(node);
    if (opening.length === 0) {
      this.openings.pop();
    }
  }

  private link(start: number): void {
    const found = this.openings.findLastIndex(({ sign }) => sign === '[');
    const opening = this.openings[found];
    if (opening === undefined) {
      this.literal(']');
      return;
    }
    const { address, length } = this.destination(start);
    const href = address === undefined ? null : safeAddress(address);
    if (href === null || !this.isLinkText(opening, start)) {
      this.openings.splice(found, 1);
      this.literal(']');
      return;
    }
    this.openings.length = found + 1;
    const link: Inline & { children: Inline[] } = { kind: 'link', href, children: [] };
    this.wrap(opening, 1, link);
    link.children = link.children.map(withoutRooms);
    this.at = start + length;
  }

  private destination(start: number): { address?: string; length: number } {
    DESTINATION.lastIndex = start;
    const found = DESTINATION.exec(this.text);
    return { address: found?.groups?.address, length: found?.[0].length ?? 0 };
  }

  /** Something to press, and no link itself: a text that looks like an address must not lead to another. */
  private isLinkText({ index, end }: Opening, start: number): boolean {
    return isSeen(this.text.slice(end, start)) && !this.nodes.slice(index).some(hasLink);
  }

  private literal(text: string): void {
    if (text !== '') {
      this.nodes.push({ kind: 'text', text });
    }
  }
}

function wrapperOf(sign: string, length: number): Wrapper {
  switch (sign) {
    case '~':
      return 'del';
    case '|':
      return 'spoiler';
    default:
      return length === 2 ? 'strong' : 'em';
  }
}

/** What leads somewhere already leads to no room. */
function withoutRooms(node: Inline): Inline {
  if (node.kind === 'room') {
    return { kind: 'text', text: `#${node.slug}` };
  }
  return 'children' in node ? { ...node, children: node.children.map(withoutRooms) } : node;
}

function hasLink(node: Inline): boolean {
  return node.kind === 'link' || ('children' in node && node.children.some(hasLink));
}
