import { mayHaveBlocks } from './any-block';
import { parseInline } from './inline';
import type { Block, ListItem } from './nodes';

/** Where code begins: with nothing but its language, or its first line, behind the backticks. */
const FENCE = /^([^`]*)`{3,}([^`]*)$/;
const LANGUAGE = /^[\w+#.-]{0,20}$/;
const QUOTE = /^>(?: |$)/;
const ITEM = /^([^\S\n]*)(?:[-*]|(0|[1-9]\d{0,8})\.)[^\S\n]+(\S.*)$/;
const CONTINUED = /^[^\S\n]{2,}\S/;
/** How deep quotes and lists go; marks below that are text. */
const DEEPEST = 5;

interface Item {
  indent: number;
  /** Null in a list without order. */
  number: number | null;
  text: string;
}

/** Cuts a message into blocks. A message without any is one paragraph, with every space it has. */
export function parseBlocks(text: string, depth = 0): Block[] {
  const blocks = mayHaveBlocks(text) ? new BlockParser(text.split('\n'), depth).parse() : [];
  return blocks.some(({ kind }) => kind !== 'paragraph')
    ? blocks
    : [{ kind: 'paragraph', children: parseInline(text) }];
}

class BlockParser {
  private readonly blocks: Block[] = [];
  private paragraph: string[] = [];
  private at = 0;

  constructor(
    private readonly lines: string[],
    private readonly depth: number,
  ) {}

  parse(): Block[] {
    while (this.at < this.lines.length) {
      const block = this.quote() ?? this.code() ?? this.listHere();
      if (block === null) {
        this.paragraph.push(this.line());
        this.at += 1;
      } else {
        this.endParagraph();
        this.blocks.push(block);
      }
    }
    this.endParagraph();
    return this.blocks;
  }

  private line(): string {
    return this.lines[this.at] ?? '';
  }

  /** Blank lines beside a block are its distance from the text. */
  private endParagraph(): void {
    const text = this.paragraph
      .join('\n')
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
    this.paragraph = [];
    if (text !== '') {
      this.blocks.push({ kind: 'paragraph', children: parseInline(text) });
    }
  }

  /** Code that is not ended reaches to the end of the text, as while somebody is still writing it. */
  private code(): Block | null {
    const [, before = '', info] = FENCE.exec(this.line()) ?? [];
    const language = LANGUAGE.test(info?.trim() ?? ' ') ? info?.trim() : undefined;
    const isOpening = info !== undefined && (before.trim() === '' || language !== undefined);
    if (!isOpening || this.at + 1 >= this.lines.length) {
      return null;
    }
    if (before.trim() !== '') {
      this.paragraph.push(before);
    }
    const code = language === undefined ? [info] : [];
    this.at += 1;
    while (this.at < this.lines.length && !this.isCodeEnd(code)) {
      code.push(this.line());
      this.at += 1;
    }
    return { kind: 'code-block', language: language?.toLowerCase() ?? '', code: code.join('\n') };
  }

  /** Backticks end it at the beginning of a line, where text may go on behind them, and at the end of one. */
  private isCodeEnd(code: string[]): boolean {
    const line = this.line().trimEnd();
    const [, after] = /^[^\S\n]*`{3,}(?:$|[^\S\n]+(.*))/.exec(line) ?? [];
    if (after !== undefined) {
      this.lines[this.at] = after;
      return true;
    }
    if (!line.endsWith('```')) {
      return false;
    }
    const rest = withoutBackticks(line);
    if (rest.trim() !== '') {
      code.push(rest);
    }
    this.at += 1;
    return true;
  }

  private quote(): Block | null {
    const lines: string[] = [];
    while (this.depth < DEEPEST && QUOTE.test(this.line())) {
      lines.push(this.line().slice(2));
      this.at += 1;
    }
    return lines.length === 0
      ? null
      : { kind: 'quote', children: parseBlocks(lines.join('\n'), this.depth + 1) };
  }

  private listHere(): Block | null {
    const first = this.item();
    return first === null ? null : this.list(first, this.depth);
  }

  private item(): Item | null {
    const [, indent = '', number, text] = ITEM.exec(this.line()) ?? [];
    return text === undefined
      ? null
      : { indent: indent.length, number: number === undefined ? null : Number(number), text };
  }

  /** Items as far in as the first one; those further in are lists of the item above them. */
  private list(first: Item, depth: number): Block {
    const items: ListItem[] = [];
    const ordered = first.number !== null;
    for (let item: Item | null = first; item !== null; item = this.item()) {
      const above = items.at(-1);
      if (above !== undefined && depth < DEEPEST && item.indent >= first.indent + 2) {
        above.children.push(this.list(item, depth + 1));
      } else if (item.indent < first.indent || (item.number !== null) !== ordered) {
        break;
      } else {
        items.push({ number: item.number ?? 0, children: [this.itemText(item)] });
      }
    }
    return { kind: 'list', ordered, items };
  }

  private itemText({ text }: Item): Block {
    const lines = [text];
    this.at += 1;
    while (CONTINUED.test(this.line()) && this.item() === null && !FENCE.test(this.line())) {
      lines.push(this.line().trim());
      this.at += 1;
    }
    return { kind: 'paragraph', children: parseInline(lines.join('\n')) };
  }
}

function withoutBackticks(line: string): string {
  let end = line.length;
  while (line[end - 1] === '`') {
    end -= 1;
  }
  return line.slice(0, end);
}
