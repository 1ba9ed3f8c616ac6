import { linkify, type TextPart } from './linkify';

/** A letter under so many marks that they would cover other lines. No language has as many on one letter. */
export type StackPart = { kind: 'stack'; text: string };

const STACKS = /(?:\P{M}\p{M}{4,}|^\p{M}{4,})/gu;

/** What a text is shown as. */
export function textParts(text: string): (TextPart | StackPart)[] {
  return linkify(text).flatMap((part) => (part.kind === 'text' ? stacksIn(part.text) : [part]));
}

function stacksIn(text: string): (TextPart | StackPart)[] {
  const parts: (TextPart | StackPart)[] = [];
  let end = 0;
  for (const { 0: stack, index } of text.matchAll(STACKS)) {
    if (index > end) {
      parts.push({ kind: 'text', text: text.slice(end, index) });
    }
    parts.push({ kind: 'stack', text: stack });
    end = index + stack.length;
  }
  return end < text.length ? [...parts, { kind: 'text', text: text.slice(end) }] : parts;
}
