import { expect, test } from './fixtures/test';

const TIME = /^\d\d?:\d\d/;

test('times follow the machine into another zone, and have the hours that one wants', async ({
  person,
}) => {
  // The zone of a context is fixed.
  const alex = await person('Alex', { timezoneId: undefined });
  const devtools = await alex.context.newCDPSession(alex.page);
  const moveTo = (timezoneId: string) =>
    devtools.send('Emulation.setTimezoneOverride', { timezoneId });
  await moveTo('Europe/Berlin');
  await alex.signIn();
  await alex.say('hello');
  const time = alex.message('hello').locator('.permalink time');
  await expect(time).toHaveText(TIME);
  const at = new Date((await time.getAttribute('datetime')) ?? '');
  const told = (timeZone: string, hourCycle: 'h12' | 'h23') =>
    at.toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', timeZone, hourCycle });
  await expect(time).toHaveText(told('Europe/Berlin', 'h23'));

  await moveTo('Asia/Kolkata');
  await alex.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(time).toHaveText(told('Asia/Kolkata', 'h23'));

  await alex.page.getByRole('button', { name: 'Account of Alex' }).click();
  await alex.page.getByRole('button', { name: 'Settings' }).click();
  await alex.page.getByRole('radio', { name: '12 hours' }).check();
  await expect(time).toHaveText(told('Asia/Kolkata', 'h12'));
  await alex.page.reload();
  await expect(time).toHaveText(/[ap]m$/);
});
