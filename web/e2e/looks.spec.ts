import { fillPanes, PANES, showPane } from './fixtures/panes';
import { LOOKS } from './fixtures/pictures';
import { expect, test } from './fixtures/test';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

test('there is a picture of each pane, and of what one sets for notifications', async ({
  alex,
  server,
  voices,
}) => {
  const { page } = alex;
  const picture = async (name: string) => {
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { width = 0 } = page.viewportSize() ?? {};
      await page.screenshot({ path: `${LOOKS}/${name}-${width}-${colorScheme}.png` });
    }
  };
  await alex.open(`/${await server.ownersInvitation()}`);
  await picture('sign-in');
  await alex.register('correct horse battery');
  await fillPanes(alex, voices);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const pane of PANES) {
      await showPane(page, pane);
      if (pane !== 'search') {
        await expect(page.locator('#right-pane li, dialog[open] li').first()).toBeVisible();
      }
      await picture(pane);
    }
    await page.goto(`${alex.line.url}/rooms/general`);
    await expect(alex.composer).toBeVisible();
    await picture('conversation');
    await page.getByRole('button', { name: 'More about General' }).click();
    await page.getByRole('menuitem', { name: 'Notifications' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await picture('room-notifications');
    await page.keyboard.press('Escape');
    await page.goto(`${alex.line.url}/`);
    await picture('rooms');
  }
});
