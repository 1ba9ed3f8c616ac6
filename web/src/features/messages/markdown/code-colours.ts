import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import './code-colours.css';

export interface ColouredPart {
  text: string;
  /** A class of `code-colours.css`. */
  tone: string | undefined;
}

type Nodes = ReturnType<typeof lowlight.highlight>['children'];

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  css,
  diff,
  go,
  ini,
  java,
  javascript,
  json,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
});

/** What the languages call the parts of a code, and the few colours there are. */
const TONES: readonly (readonly [string, string])[] = [
  ['comment|quote|meta', 'code-quiet'],
  ['keyword|selector-tag|tag|name|deletion|literal', 'code-keyword'],
  ['string|regexp|addition|selector-attr', 'code-string'],
  ['number|symbol|bullet', 'code-number'],
  ['title|section|property|attr|attribute|selector-class|selector-id', 'code-name'],
  ['type|built_in|class|variable|params|template-variable', 'code-type'],
];
const TONE_OF = TONES.map(([names, tone]): [RegExp, string] => [
  new RegExp(`^hljs-(?:${names})$`),
  tone,
]);

/** The code in pieces; null for a language that is none of ours. */
export function coloured(code: string, language: string): ColouredPart[] | null {
  return lowlight.registered(language)
    ? partsOf(lowlight.highlight(language, code).children, undefined)
    : null;
}

function partsOf(nodes: Nodes, tone: string | undefined): ColouredPart[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'text':
        return [{ text: node.value, tone }];
      case 'element':
        return partsOf(node.children, toneOf(node.properties.className) ?? tone);
      default:
        return [];
    }
  });
}

function toneOf(names: unknown): string | undefined {
  const [name] = Array.isArray(names) ? names : [];
  return TONE_OF.find(([pattern]) => pattern.test(String(name)))?.[1];
}
