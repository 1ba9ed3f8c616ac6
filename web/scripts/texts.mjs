// Every string that people read stands in the files of a language, and every language has each of them.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse as parseTemplate } from 'vue/compiler-sfc';

/** Attributes that are read out or shown. */
const READ = new Set(['label', 'aria-label', 'placeholder', 'title', 'alt', 'heading', 'text']);
/** What is no word of any language: signs, names of keys on their own. */
const WORD = /\p{L}{2}/u;
/** The kinds of nodes in a template of Vue. */
const [ELEMENT, TEXT] = [1, 2];

/** The words that a component has in its template, or in attributes that people meet. */
export function ownWords(source) {
  const root = parseTemplate(source).descriptor.template?.ast;
  return root === undefined ? [] : wordsIn(root);
}

function wordsIn(node) {
  if (node.type === TEXT) {
    return WORD.test(node.content) ? [node.content.trim()] : [];
  }
  const props = node.type === ELEMENT ? node.props : [];
  const attributes = props.flatMap(({ name, value }) =>
    READ.has(name) && WORD.test(value?.content ?? '') ? [`${name}="${value.content}"`] : [],
  );
  const children = (node.children ?? []).flatMap(wordsIn);
  const branches = (node.branches ?? []).flatMap(wordsIn);
  return [...attributes, ...children, ...branches];
}

/** Two words or more in quotes, beginning with a capital and ending like a sentence: what a program never says to itself. */
const SENTENCE = /(['"`])(\p{Lu}\p{Ll}+(?: [^'"`\n]*)? [^'"`\n]*[.!?…])\1/gu;
/** What is told to those who read the console, or to nobody. */
const FOR_PROGRAMMERS = /new (?:\w*Error|URL)\(|console\.|throw |super\(/;

export function ownSentences(code) {
  return code
    .split('\n')
    .filter((line) => !FOR_PROGRAMMERS.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line))
    .flatMap((line) => [...line.matchAll(SENTENCE)].map(([, , sentence]) => sentence));
}

/** The paths of all texts: `rooms.online`. */
export function paths(texts, before = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? paths(value, `${before}${key}.`) : [`${before}${key}`],
  );
}

/** What is missing in a language, what it has for itself alone, and what it has left empty. */
export function differences(all, other) {
  const [wanted, had] = [paths(all), paths(other)];
  return [
    ...wanted.filter((path) => !had.includes(path)).map((path) => `${path} is missing`),
    ...had
      .filter((path) => !wanted.includes(path))
      .map((path) => `${path} is in no other language`),
  ];
}

export function check(root = '.') {
  return readdirSync(`${root}/src`, { recursive: true })
    .filter((file) => /\.(?:vue|ts)$/.test(file))
    .filter((file) => !/\.test\.ts$|(?:^|\/)test\/|^locales\/|generated\//.test(file))
    .flatMap((file) => {
      const source = readFileSync(`${root}/src/${file}`, 'utf8');
      const words = file.endsWith('.vue') ? ownWords(source) : [];
      return [...words, ...ownSentences(source)].map((found) => `src/${file}: ${found}`);
    });
}

async function languages(root) {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false },
  });
  try {
    const { all } = await server.ssrLoadModule('/src/locales/all.ts');
    const { de } = await server.ssrLoadModule('/src/locales/de.ts');
    return differences(all, de).map((found) => `de: ${found}`);
  } finally {
    await server.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = [...check(), ...(await languages('.'))];
  if (found.length > 0) {
    console.error(`Every text belongs into src/locales, in each language:\n${found.join('\n')}`);
    process.exitCode = 1;
  }
}
