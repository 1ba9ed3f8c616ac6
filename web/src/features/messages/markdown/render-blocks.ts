import { h, type VNode } from 'vue';
import CodeBlock from './CodeBlock.vue';
import type { Block, ListItem } from './nodes';
import { renderInline } from './render-inline';

/** Shows blocks, with the styles of the component that calls it; `key` says which message it is. */
export function renderBlocks(blocks: readonly Block[], key: string): VNode[] {
  return blocks.map((block, index) => renderBlock(block, `${key}/${index}`));
}

function renderBlock(block: Block, key: string): VNode {
  switch (block.kind) {
    case 'paragraph':
      return h('p', renderInline(block.children, key));
    case 'code-block':
      return h(CodeBlock, { language: block.language, code: block.code });
    case 'quote':
      return h('blockquote', renderBlocks(block.children, key));
    case 'list':
      return h(
        block.ordered ? 'ol' : 'ul',
        block.items.map((item, index) => renderItem(item, block.ordered, `${key}/${index}`)),
      );
  }
}

function renderItem({ number, children }: ListItem, ordered: boolean, key: string): VNode {
  return h('li', { value: ordered ? number : undefined }, renderBlocks(children, key));
}
