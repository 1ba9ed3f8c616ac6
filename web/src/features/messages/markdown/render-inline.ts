import { h, type VNode } from 'vue';
import { emojiShown } from '@/features/emoji/shown';
import MentionedName from './MentionedName.vue';
import NamedRoom from './NamedRoom.vue';
import type { Inline } from './nodes';
import { plainText } from './plain-text';
import SpoilerText from './SpoilerText.vue';

type Shown = VNode | string;

/**
 * Shows nodes, with the styles of the component that calls it. Nothing of them is ever read as HTML. `key` says which message it is,
 * and where in it: a spoiler is remembered by it.
 */
export function renderInline(nodes: readonly Inline[], key: string): Shown[] {
  return nodes.map((node, index) => renderNode(node, `${key}/${index}`));
}

function renderNode(node: Inline, key: string): Shown {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'stack':
      return h('span', { class: 'stack' }, node.text);
    case 'code':
      return h('code', node.text);
    case 'mention':
      return h(MentionedName, { userId: node.userId });
    case 'room':
      return h(NamedRoom, { slug: node.slug });
    case 'emoji':
      return emojiShown.value?.(node.name) ?? `:${node.name}:`;
    case 'crowd':
      return h(MentionedName, { userId: node.crowd });
    case 'link':
      return renderLink(node.href, renderInline(node.children, key));
    case 'spoiler':
      return h(SpoilerText, { spoilerKey: key, hidden: plainText(node.children) }, () =>
        renderInline(node.children, key),
      );
    case 'strong':
    case 'em':
    case 'del':
      return h(node.kind, renderInline(node.children, key));
  }
}

function renderLink(href: string, children: Shown[]): VNode {
  const target = href.startsWith('mailto:') ? undefined : '_blank';
  return h('a', { href, target, title: href, rel: 'noopener noreferrer nofollow' }, children);
}
