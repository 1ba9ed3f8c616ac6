import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The first block of a language in a document of this repository. */
export async function example(document, language) {
  const text = await readFile(new URL(`../../../docs/${document}`, import.meta.url), 'utf8');
  const [, rest] = text.split(`\n\`\`\`${language}\n`);
  return rest.slice(0, rest.indexOf('\n```\n') + 1);
}

/** Starts a script where it finds the packages of npm. */
export async function startScript(t, script, ...args) {
  const folder = await mkdtemp(
    fileURLToPath(new URL('../node_modules/.example-', import.meta.url)),
  );
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'chat.mjs');
  await writeFile(file, script);
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    type: (text) => child.stdin.write(`${text}\n`),
    end: () => child.stdin.end(),
    line: async () => (await lines.next()).value,
  };
}
