import { expect, test } from './fixtures/test';

test('texts are set in the fonts of the tests, whatever the machine has', async ({ alex }) => {
  await alex.signIn();
  await alex.say('Latin, Ελληνικά, кириллица, עברית, العربية, 🎉');
  await expect(alex.bubbles).toContainText(['🎉']);
  const devtools = await alex.context.newCDPSession(alex.page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', {
    nodeId: root.nodeId,
    selector: '.message-text',
  });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map(({ familyName }) => familyName).sort()).toEqual([
    'DejaVu Sans',
    'Noto Color Emoji',
  ]);
});
