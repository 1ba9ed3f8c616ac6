import type { Inline } from './nodes';

const STACKS = /(?:\P{M}\p{M}{4,}|^\p{M}{4,})/gu;

/** Texts beside each other become one, in which stacks of marks stand apart. */
export function tidy(nodes: readonly Inline[]): Inline[] {
  const tidied: Inline[] = [];
  let text: string[] = [];
  const end = () => {
    tidied.push(...withStacks(text.join('')));
    text = [];
  };
  for (const node of nodes) {
    if (node.kind === 'text') {
      text.push(node.text);
    } else {
      end();
      tidied.push(node);
    }
  }
  end();
  return tidied;
}

function withStacks(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const { 0: stack, index } of text.matchAll(STACKS)) {
    parts.push({ kind: 'text', text: text.slice(end, index) }, { kind: 'stack', text: stack });
    end = index + stack.length;
  }
  parts.push({ kind: 'text', text: text.slice(end) });
  return parts.filter((part) => part.kind !== 'text' || part.text !== '');
}
