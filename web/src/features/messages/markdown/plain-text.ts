import { usePeople } from '@/features/people/store';
import { crowdName } from '../mentions';
import type { Block, Inline } from './nodes';

/** Stands for what is not to be seen yet. */
const HIDDEN = '████';

/** What a message says, in one line, for where it is only mentioned. A spoiler stays one. */
export function plainText(nodes: readonly (Block | Inline)[]): string {
  return nodes.map(words).join('').replace(/\s+/gu, ' ').trim();
}

function words(node: Block | Inline): string {
  switch (node.kind) {
    case 'text':
    case 'stack':
    case 'code':
      return node.text;
    case 'mention':
      return `@${usePeople().table.nameOf(node.userId) ?? node.userId}`;
    case 'room':
      return `#${node.slug}`;
    case 'emoji':
      return `:${node.name}:`;
    case 'crowd':
      return `@${crowdName(node.crowd)}`;
    case 'code-block':
      return `\n${node.code}\n`;
    case 'spoiler':
      return HIDDEN;
    case 'list':
      return node.items.map(({ children }) => children.map(words).join('')).join('');
    case 'paragraph':
    case 'quote':
      return `\n${node.children.map(words).join('')}\n`;
    case 'link':
    case 'strong':
    case 'em':
    case 'del':
      return node.children.map(words).join('');
  }
}
