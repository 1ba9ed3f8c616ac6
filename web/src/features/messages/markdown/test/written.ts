import type { Block, Inline, ListItem } from '../nodes';

/** Nodes in a short form of their own: what they are, and what is in them. */
export function written(nodes: readonly (Block | Inline)[]): string {
  return nodes.map(writtenNode).join('');
}

function writtenNode(node: Block | Inline): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'stack':
    case 'code':
      return `<${node.kind} ${node.text}>`;
    case 'mention':
      return `<mention ${node.userId}>`;
    case 'crowd':
      return `<crowd ${node.crowd}>`;
    case 'emoji':
      return `<emoji ${node.name}>`;
    case 'room':
      return `<room ${node.slug}>`;
    case 'link':
      return `<link ${node.href} ${written(node.children)}>`;
    case 'code-block':
      return `<code-block ${node.language}:${node.code}>`;
    case 'list':
      return `<${node.ordered ? 'ol' : 'ul'}${node.items.map((item) => writtenItem(item, node.ordered)).join('')}>`;
    case 'paragraph':
      return `<p ${written(node.children)}>`;
    default:
      return `<${node.kind} ${written(node.children)}>`;
  }
}

function writtenItem({ number, children }: ListItem, ordered: boolean): string {
  const [first, ...others] = children;
  const words = first?.kind === 'paragraph' ? written(first.children) : '';
  return ` (${ordered ? `${number}. ` : ''}${words}${written(others)})`;
}
