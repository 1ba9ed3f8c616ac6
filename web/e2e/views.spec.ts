import { violations } from './fixtures/axe';
import { expect, test } from './fixtures/gallery';
import { LOOKS } from './fixtures/pictures';

/** What each view says in its states, by which it is known to be there. */
const SAID = {
  'A room': {
    there: 'Morning!',
    waiting: 'Loading messages',
    empty: 'No messages yet.',
    failed: 'Try again',
    offline: 'No connection',
    'refused: not a member': 'Join',
    'refused: taken out of it': 'no longer in',
    'refused: only moderators write': 'Only',
  },
  'The list of rooms': {
    there: 'Design',
    waiting: 'Loading',
    empty: 'You are in no room yet',
    offline: 'No connection',
    'refused: in no room, which are open to all': 'Tech',
  },
  Settings: {
    there: 'Colours',
    waiting: 'The server is asked',
    failed: 'The server is busy',
    offline: 'No connection',
  },
  'Sign-in': {
    there: 'Your name',
    waiting: 'Loading',
    offline: 'cannot be reached',
    'failed: the invitation is over': 'not valid any more',
    'failed: the session has ended': 'Your session has ended',
    invited: 'Mina Park',
    'refused: nobody without an invitation': 'invitation',
    'refused: no way in': 'Nobody',
    'with a way back by mail': 'Forgot your password?',
    'by a provider alone': 'Harbour',
  },
  'Files of a message': {
    there: 'name7',
    waiting: 'Loading',
    failed: 'Try again',
  },
  'Emoji of the server': {
    there: ':party_parrot:',
    empty: 'no emoji of its own yet',
    waiting: 'Loading',
    failed: 'Try again',
    picked: '😀',
  },
  Drafts: {
    there: 'in a thread',
    empty: 'No drafts elsewhere',
  },
} as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`there is a picture of each view in each of its states, in ${colorScheme}`, async ({
    page,
    galleryUrl,
  }) => {
    // No server stands behind it.
    await page.route('**/api/**', (route) => route.abort());
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${galleryUrl}#views`);
    for (const [view, states] of Object.entries(SAID)) {
      const section = page.locator(`[data-scenes="${view}"]`);
      await expect(section.locator('.scene > .kind')).toHaveText(Object.keys(states));
      for (const [state, said] of Object.entries(states)) {
        await expect(section.locator(`[data-state="${state}"]`), `${view}, ${state}`).toContainText(
          said,
        );
      }
    }
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.setViewportSize({ width: 1920, height: 1080 });
    const all = page.locator('.all');
    const height = await all.evaluate(({ scrollHeight }) => scrollHeight);
    await page.setViewportSize({ width: 1920, height });
    for (const [index, section] of (await page.locator('[data-scenes]').all()).entries()) {
      await section.screenshot({ path: `${LOOKS}/views-${index}-${colorScheme}.png` });
    }
  });
}
