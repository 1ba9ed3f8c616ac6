import { readFile } from 'node:fs/promises';

/** The first block of a language in a document of this repository. */
export async function example(document, language) {
  const text = await readFile(new URL(`../../../docs/${document}`, import.meta.url), 'utf8');
  const [, rest] = text.split(`\n\`\`\`${language}\n`);
  return rest.slice(0, rest.indexOf('\n```\n') + 1);
}
