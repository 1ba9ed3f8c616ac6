import { expect, test } from './fixtures/test';

test('a phone can put the client beside its apps', async ({ alex }) => {
  const { page } = alex;
  await alex.open();
  const devtools = await page.context().newCDPSession(page);
  const { data, errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { start_url: start, icons } = JSON.parse(data ?? '{}');
  expect(start).toBe('./');
  const touchIcon = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  const pictures = [...icons.map(({ src }: { src: string }) => src), touchIcon];
  const widths = await page.evaluate(
    (sources) =>
      Promise.all(
        sources.map(async (source) => {
          const picture = new Image();
          picture.src = source;
          await picture.decode();
          return picture.naturalWidth;
        }),
      ),
    pictures,
  );
  expect(widths.slice(1)).toEqual([192, 512, 180]);
});
