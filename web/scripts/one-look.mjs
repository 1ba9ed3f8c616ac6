import { readdirSync, readFileSync } from 'node:fs';

/** Colours stand in the file of tokens, and sizes of letters too, or a theme is no change of one file. */
const TOKENS = 'src/styles/tokens.css';
const COLOUR = /#[0-9a-f]{3,8}\b(?=\s*[;,)])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/gi;
const SIZE = /font-size:\s*[\d.]+(?:rem|px)/g;

/** What of a style sheet, or of the styles of a component, has a look of its own. */
export function ownLooks(text, isComponent) {
  const styles = isComponent ? (/<style[\s\S]*<\/style>/.exec(text)?.[0] ?? '') : text;
  return [...styles.matchAll(COLOUR), ...styles.matchAll(SIZE)].map(([found]) => found);
}

export function check(root = '.') {
  return readdirSync(`${root}/src`, { recursive: true })
    .map((file) => `src/${file}`)
    .filter((file) => /\.(?:vue|css)$/.test(file) && file !== TOKENS)
    .flatMap((file) =>
      ownLooks(readFileSync(`${root}/${file}`, 'utf8'), file.endsWith('.vue')).map(
        (found) => `${file}: ${found}`,
      ),
    );
}

if (import.meta.filename === process.argv[1]) {
  const found = check();
  if (found.length > 0) {
    console.error(`These belong into ${TOKENS}:\n${found.join('\n')}`);
    process.exitCode = 1;
  }
}
