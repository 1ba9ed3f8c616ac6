import type { Page } from '@playwright/test';
import { seriousProblems, violations } from './fixtures/axe';
import { expect, test } from './fixtures/test';

/** A picture of one colour, made in the page, as it is in a clipboard or under a pointer. */
function handOver(page: Page, way: 'paste' | 'drop', names: string[]): Promise<void> {
  return page.evaluate(
    async ({ way, names }) => {
      const canvas = new OffscreenCanvas(640, 320);
      const pen = canvas.getContext('2d');
      if (pen === null) {
        throw new Error('there is nothing to draw with');
      }
      pen.fillStyle = 'rebeccapurple';
      pen.fillRect(0, 0, 640, 320);
      const picture = await canvas.convertToBlob({ type: 'image/png' });
      const dataTransfer = new DataTransfer();
      for (const name of names) {
        const content = name.endsWith('.png') ? picture : new Blob([`This is ${name}`]);
        dataTransfer.items.add(new File([content], name));
      }
      const bubbles = { bubbles: true, cancelable: true };
      if (way === 'paste') {
        const field = document.querySelector('form.composer textarea');
        field?.dispatchEvent(
          new ClipboardEvent('paste', { ...bubbles, clipboardData: dataTransfer }),
        );
      } else {
        const target = document.querySelector('[role=log]');
        target?.dispatchEvent(new DragEvent('dragover', { ...bubbles, dataTransfer }));
        target?.dispatchEvent(new DragEvent('drop', { ...bubbles, dataTransfer }));
      }
    },
    { way, names },
  );
}

test('pictures and files are pasted and dropped, and looked at by everybody', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await expect(alex.page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  await handOver(alex.page, 'paste', ['purple.png']);
  const tray = alex.page.getByRole('list', { name: 'Attached files' });
  await expect(tray).toContainText('purple.png');
  await handOver(alex.page, 'drop', ['second.png', 'notes.txt']);
  await expect(tray.getByRole('listitem')).toHaveCount(3);
  await tray.getByRole('button', { name: /^Remove second.png/ }).click();
  await expect(tray.getByRole('listitem')).toHaveCount(2);
  expect(await seriousProblems(alex.page)).toEqual([]);
  await alex.page.getByRole('button', { name: 'Send message' }).click();
  await expect(tray).toHaveCount(0);

  const shown = sam.page.getByRole('button', { name: 'View purple.png' });
  await expect(shown).toBeVisible();
  const image = shown.getByRole('img');
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);
  const box = await shown.boundingBox();
  expect(box && Math.round((box.width / box.height) * 10)).toBe(20);
  const file = sam.page.getByRole('link', { name: /notes.txt/ });
  const downloading = sam.page.waitForEvent('download');
  await file.click();
  expect((await downloading).suggestedFilename()).toBe('notes.txt');

  await handOver(alex.page, 'paste', ['third.png']);
  await alex.composer.fill('and one more');
  await alex.composer.press('Enter');
  await expect(sam.page.getByRole('button', { name: 'View third.png' })).toBeVisible();
  await shown.click();
  const viewer = sam.page.getByRole('dialog', { name: 'purple.png' });
  await expect(viewer).toBeVisible();
  await sam.page.keyboard.press('ArrowRight');
  await expect(sam.page.getByRole('dialog', { name: 'third.png' })).toBeVisible();
  await sam.page.keyboard.press('ArrowLeft');
  await viewer.getByRole('button', { name: 'Show in full size' }).click();
  expect(await seriousProblems(sam.page)).toEqual([]);
  await sam.page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(shown).toBeFocused();
});

test('a message waits for its files over a lost connection', async ({ alex, sam }) => {
  await alex.signIn();
  await sam.signIn();
  await expect(alex.page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  await alex.page.route('**/api/files?**', (route) => route.abort());
  await handOver(alex.page, 'paste', ['late.png']);
  await expect(alex.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await alex.page.unroute('**/api/files?**');
  await alex.page.getByRole('button', { name: 'Send message' }).click();
  await expect(sam.page.getByRole('button', { name: 'View late.png' })).toBeVisible();
});

test('a large file goes on where it was after a cut line and after the page was loaded anew', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  const { page } = alex;
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  const offsets: number[] = [];
  let begun = 0;
  page.on('request', (request) => {
    begun += Number(request.method() === 'POST' && request.url().endsWith('/api/uploads'));
  });
  await page.route('**/api/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') {
      return route.continue();
    }
    offsets.push(Number(route.request().headers()['upload-offset']));
    switch (offsets.length) {
      case 2:
        alex.line.cut();
        return route.abort('connectionreset');
      case 4:
        // On its way for ever.
        return;
      default:
        return route.continue();
    }
  });
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    const bytes = new Uint8Array(3_500_000).map((_, index) => 97 + (index % 23));
    dataTransfer.items.add(new File([bytes], 'long.txt'));
    document.querySelector('form.composer textarea')?.dispatchEvent(
      new ClipboardEvent('paste', {
        bubbles: true,
        cancelable: true,
        clipboardData: dataTransfer,
      }),
    );
  });
  await alex.say('all of it');
  await expect.poll(() => offsets.length).toBe(2);
  await alex.comeBack();
  await expect.poll(() => offsets.length).toBe(4);
  expect(offsets).toEqual([0, 1_048_576, 1_048_576, 2_097_152]);
  await page.reload();
  const link = sam.page.getByRole('link', { name: /long.txt/ });
  await expect(link).toBeVisible();
  // Nothing that the server had came twice, and it was begun once.
  expect(offsets.slice(4)).toEqual([2_097_152, 3_145_728]);
  expect(begun).toBe(1);
  const address = await link.getAttribute('href');
  const length = await sam.page.evaluate(
    async (from) => (await (await fetch(from)).blob()).size,
    address ?? '',
  );
  expect(length).toBe(3_500_000);
  expect(await page.evaluate(() => localStorage.getItem('chinwag.uploads'))).toBeNull();
});

test('a text that was shared is read where it stands, unfolded, copied, and pasted as a file when it is long', async ({
  alex,
  sam,
}) => {
  await alex.signIn();
  await sam.signIn();
  await sam.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(alex.page.getByRole('button', { name: 'Attach files' })).toBeVisible();
  const lines = Array.from({ length: 400 }, (_, index) => `const name${index} = ${index};`);
  await alex.page
    .locator('form.composer input[type=file]')
    .setInputFiles({ name: 'names.ts', mimeType: '', buffer: Buffer.from(lines.join('\n')) });
  await alex.page.getByRole('button', { name: 'Send message' }).click();

  const snippet = sam.page.getByRole('region', { name: 'names.ts' });
  await expect(snippet).toContainText('const name7 = 7;');
  await expect(snippet.locator('.code-keyword').first()).toHaveText('const');
  await expect(snippet).not.toContainText('name8');
  expect(await violations(sam.page)).toEqual([]);
  await snippet.getByRole('button', { name: 'Show more' }).click();
  await expect(snippet).toContainText('const name399 = 399;');
  await snippet.getByRole('button', { name: 'Copy' }).click();
  await expect(snippet.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await sam.page.evaluate(() => navigator.clipboard.readText())).toBe(lines.join('\n'));
  await snippet.getByRole('button', { name: 'Show less' }).click();
  await expect(snippet).not.toContainText('name8');

  const pasteLong = () =>
    alex.composer.evaluate((field: HTMLTextAreaElement) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'many words '.repeat(400));
      const bubbles = { bubbles: true, cancelable: true };
      field.dispatchEvent(new ClipboardEvent('paste', { ...bubbles, clipboardData }));
    });
  const tray = alex.page.getByRole('list', { name: 'Attached files' });
  await pasteLong();
  await expect(tray).toContainText('pasted text.txt');
  await alex.page.getByRole('button', { name: 'Put it in the text' }).click();
  await expect(alex.composer).toHaveValue(/^many words .* many words $/);
  await expect(tray).toBeHidden();
  await alex.composer.fill('');
  await pasteLong();
  await expect(tray).toContainText('pasted text.txt');
  await alex.page.getByRole('button', { name: 'Send message' }).click();
  await expect(sam.page.getByRole('region', { name: 'pasted text.txt' })).toContainText(
    'many words many words',
  );
});
