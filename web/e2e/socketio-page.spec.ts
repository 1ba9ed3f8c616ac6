import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from './fixtures/test';

const DOCUMENT = fileURLToPath(new URL('../../docs/socketio.md', import.meta.url));

/** The page of the document as it stands there, but for the address of the server. */
async function savePage(file: string, port: number): Promise<void> {
  const [, rest = ''] = (await readFile(DOCUMENT, 'utf8')).split('\n```html\n<!doctype html>');
  const page = `<!doctype html>${rest.slice(0, rest.indexOf('\n```\n'))}`;
  await writeFile(file, page.replaceAll('http://localhost:3000', `http://127.0.0.1:${port}`));
}

test('the page of the Socket.IO document, opened from disk, talks to the web client', async ({
  browser,
  server,
  sam,
}, info) => {
  const file = info.outputPath('chat.html');
  await savePage(file, server.port);
  await sam.signIn();
  await sam.say('Hello');

  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.accept('Alex'));
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator('#people')).toHaveText('Alex, Sam');
  await expect(page.locator('#log')).toContainText('Sam: Hello');

  await page.getByPlaceholder('Message').fill('Hi from disk');
  await expect(sam.page.getByText('Alex is typing')).toBeVisible();
  await page.getByPlaceholder('Message').press('Enter');
  await expect(sam.message('Hi from disk')).toBeVisible();
  await expect(page.locator('#log')).toContainText('Alex: Hi from disk');

  await sam.composer.pressSequentially('I see');
  await expect(page.locator('#typing')).toHaveText('Sam types');
  await sam.composer.press('Enter');
  await expect(page.locator('#log')).toContainText('Sam: I see');
  await expect(page.locator('#typing')).toBeEmpty();
  await sam.page.close();
  await expect(page.locator('#people')).toHaveText('Alex');
  await expect(page.locator('#log')).toContainText('Sam left #general');
  await context.close();
});
