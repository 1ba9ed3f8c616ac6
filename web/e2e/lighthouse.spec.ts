import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { test as base, expect } from './fixtures/test';

const SCRIPT = fileURLToPath(new URL('../scripts/lighthouse.mjs', import.meta.url));
const LEAST = 95;

interface Verdict {
  score: number;
  lost: string[];
}

/** A browser at which Lighthouse can look as well, with a page in it. */
const test = base.extend<{ looked: { page: Page; port: string } }>({
  looked: async ({ launchOptions }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'chinwag-lighthouse-'));
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--remote-debugging-port=0'],
    });
    const [port = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
    await use({ page: context.pages()[0] ?? (await context.newPage()), port });
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
});

/** What the server itself sends, with its compression: of a client from a folder it would say little. */
async function verdicts(
  port: string,
  address: string,
  runs: number,
  ...categories: string[]
): Promise<Record<string, Verdict>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [SCRIPT, port, address, String(runs), ...categories],
    { timeout: 60_000 },
  );
  return JSON.parse(stdout);
}

/** Looks at the sign-in, and at a room in which people have talked. */
async function look(
  { page, port }: { page: Page; port: string },
  url: string,
  runs: number,
  ...categories: string[]
): Promise<void> {
  const expectGood = async (address: string) => {
    await page.goto('about:blank');
    for (const [id, { score, lost }] of Object.entries(
      await verdicts(port, address, runs, ...categories),
    )) {
      expect(score, `${id} of ${address}: ${lost.join(', ')}`).toBeGreaterThanOrEqual(LEAST);
    }
  };
  await expectGood(`${url}/`);
  await page.goto(url);
  await page.getByLabel('Your name').fill('Alex');
  await page.getByLabel('Your name').press('Enter');
  const composer = page.getByRole('textbox', { name: /^Message #/ });
  for (let number = 1; number <= 20; number += 1) {
    await composer.fill(`message ${number} with \`code\` and https://example.org/${number}`);
    await composer.press('Enter');
  }
  await expect(page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  await expectGood(`${url}/rooms/general`);
}

test('Lighthouse finds sign-in and a room open to all, and well made', async ({
  looked,
  server,
}) => {
  await look(looked, `http://127.0.0.1:${server.port}`, 1, 'accessibility', 'best-practices');
});

// On a machine that has something else to do, it is the machine that is measured.
test('Lighthouse finds sign-in and a room fast @long', async ({ looked, server }) => {
  await look(looked, `http://127.0.0.1:${server.port}`, 3, 'performance');
});
