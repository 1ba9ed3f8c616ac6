import type { Person } from './fixtures/person';
import { PICTURES } from './fixtures/pictures';
import { expect, test } from './fixtures/test';

async function react(person: Person, text: string, emoji: string): Promise<void> {
  await person.openMenu(text);
  await person.page.getByRole('menuitemcheckbox', { name: `React with ${emoji}` }).click();
  await expect(
    person.message(text).getByRole('button', { name: `reacted with ${emoji}` }),
  ).toBeVisible();
}

async function picture(person: Person, name: string): Promise<void> {
  const { page } = person;
  await expect(page.getByRole('img', { name: 'Sending' })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}.png` });
  }
}

test('the pictures of the README show a conversation in the light and in the dark', async ({
  person,
  voices,
}) => {
  const [alex, mina, jonas] = [
    await person('Alex'),
    await person('Mina Park'),
    await person('Jonas'),
  ];
  await alex.signIn();
  for (const room of ['Design', 'Release 4.2', 'Support']) {
    await alex.createRoom(room);
  }
  await alex.enter('General');
  await mina.signIn();
  await jonas.signIn();
  await mina.say('Morning! The new build is on the staging server: https://harbour.example/412');
  await mina.say('Two things left before Thursday: the import, and the retry in `outbox.ts`');
  await alex.say('Nice! I can take the import.');
  await alex.say('@Jonas do you still have the export from March?');
  await jonas.say('Yes. @Alex careful, the dates are in local time 😅');
  await mina.say('Then let us parse them like this:');
  await mina.say(
    "```ts\n// the zone of the person who wrote it\nconst at = parse(row.date, 'yyyy-MM-dd HH:mm', { zone });\n```",
  );
  await expect(alex.log.locator('pre')).toBeVisible();
  await react(jonas, 'Nice! I can take the import.', '🎉');
  await react(mina, 'Nice! I can take the import.', '🎉');
  await voices.say('Tom', ['Works for me. I am off in ten minutes, see you tomorrow']);
  await voices.say('Lena', ['The new icons are in the folder', 'Who looks at them?'], 'design');
  await expect(alex.room('Design')).toContainText('2 unread');
  await alex.page.mouse.move(0, 0);
  await expect(alex.log.getByText('Works for me.')).toBeInViewport();
  await picture(alex, 'chat');

  await alex.page.keyboard.press('Control+k');
  await alex.page.keyboard.type('re');
  await expect(alex.page.getByRole('option', { name: 'Release 4.2' })).toBeVisible();
  await picture(alex, 'switcher');
  await alex.page.keyboard.press('Escape');

  await alex.page.setViewportSize({ width: 390, height: 844 });
  await expect(alex.log.getByText('Works for me.')).toBeInViewport();
  await picture(alex, 'phone');
});
