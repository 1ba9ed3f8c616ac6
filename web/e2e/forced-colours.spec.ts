import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/test';

type Colour = { name: string; share: number; bright: boolean };

/** The colours of something on screen, the most frequent first. Computed styles do not tell which of them are drawn. */
async function colours(element: Locator): Promise<Colour[]> {
  const png = [...(await element.screenshot({ animations: 'disabled' }))];
  return element.page().evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    const counts = new Map<string, number>();
    for (let index = 0; index < data.length; index += 4) {
      const name = data.slice(index, index + 3).join();
      counts.set(name, (counts.get(name) ?? 0) + 4);
    }
    return [...counts]
      .map(([name, count]) => {
        const channels = name.split(',').map(Number);
        const bright = Math.max(...channels) - Math.min(...channels) > 64;
        return { name, share: count / data.length, bright };
      })
      .sort((left, right) => right.share - left.share);
  }, png);
}

async function mainColour(element: Locator): Promise<string | undefined> {
  return (await colours(element))[0]?.name;
}

test('with the colours of the system, nothing is told by a background that is not drawn', async ({
  alex,
  sam,
}) => {
  await alex.page.emulateMedia({ forcedColors: 'active' });
  await alex.open();
  const choice = (room: string) =>
    alex.page.locator('.option').filter({ hasText: room }).locator('.face');
  expect(await mainColour(choice('General'))).not.toBe(await mainColour(choice('Random')));
  await alex.fillIn('General');
  await sam.signIn();
  await alex.say('mine');
  await sam.say('yours');
  for (const text of ['mine', 'yours']) {
    await expect(alex.message(text).locator('.bubble')).toHaveCSS('border-top-width', '1px');
  }

  const dots = alex.page.getByRole('complementary').locator('.dot');
  await expect(dots).toHaveCount(2);
  for (const dot of [dots.first(), alex.room('General').locator('.there')]) {
    expect((await colours(dot)).some(({ bright }) => bright)).toBe(true);
  }

  await alex.composer.pressSequentially('/');
  await alex.page.keyboard.press('ArrowDown');
  const proposals = alex.page.getByRole('option');
  expect(await mainColour(proposals.first())).not.toBe(await mainColour(proposals.last()));
  await alex.composer.fill('');

  await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
  const face = (theme: string) =>
    alex.page.locator('.theme .option').filter({ hasText: theme }).locator('.face');
  expect(await mainColour(face('System'))).not.toBe(await mainColour(face('Dark')));
  await alex.page.getByRole('button', { name: 'Settings' }).click();
  const track = alex.page.locator('.emoji .track');
  const areas = async () => (await colours(track)).filter(({ share }) => share > 0.15);
  const on = await areas();
  expect(on).toHaveLength(2);
  await alex.page.getByRole('checkbox', { name: 'Emoji from text' }).uncheck();
  const off = await areas();
  expect(off).toHaveLength(2);
  expect(off[0]?.name).not.toBe(on[0]?.name);
});
