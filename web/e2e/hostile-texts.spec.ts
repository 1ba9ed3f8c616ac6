import { expect, test } from './fixtures/test';

/** What would run, or load something, wherever it came into the page as anything but text. */
const CORPUS = [
  '<script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 1">',
  '"><svg onload="window.ran = 1">',
  "' onmouseover='window.ran = 1' x='",
  'javascript:window.ran=1',
  '[click](javascript:window.ran=1)',
  'https://example.org/"onfocus="window.ran=1"autofocus="',
  '{{constructor.constructor("window.ran=1")()}}',
  '<iframe srcdoc="<script>parent.ran=1</script>">',
  '<a href="data:text/html,<script>opener.ran=1</script>">x</a>',
  '</title><style>@import "http://127.0.0.1:9/x.css"</style>',
  '&lt;script&gt;window.ran = 1&lt;/script&gt;',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.ran=1>',
  '[x](JavaScript:window.ran=1) [x](java\tscript:window.ran=1) [x](\u0001javascript:window.ran=1)',
  '[x](data:text/html,<script>opener.ran=1</script>) [x](vbscript:1) [x](//127.0.0.1:9/x)',
  '[a [b](javascript:window.ran=1)](https://example.org/"onclick="window.ran=1)',
  '[https://bank.example](https://example.org/) [\u3164](https://example.org/)',
  '[x](https://example.org/\u202egpj.exe) [x](\uff4aavascript:window.ran=1) [x](https:javascript:1)',
  '**[`<img src=x onerror=window.ran=1>`](https://example.org/)** ||<script>window.ran=1</script>||',
  '```html\n<script>window.ran = 1</script>\n<img src=x onerror="window.ran = 1">\n```',
  '```"onload="window.ran=1\n</code></pre><script>window.ran=1</script>',
  '> <svg onload="window.ran = 1">\n- <img src=x onerror="window.ran = 1">\n1. [x](javascript:window.ran=1)',
];
/** Those that are sent as messages, too. */
const MESSAGES = [...CORPUS.slice(0, 12), ...CORPUS.slice(13)];

test('texts of others run nothing, wherever they are shown', async ({ alex, server }) => {
  const violations: string[] = [];
  const page = alex.page;
  page.on('dialog', (dialog) => {
    violations.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const known = (window as unknown as { violations?: string[] }).violations ?? [];
      known.push(`${event.violatedDirective} ${event.blockedURI}`);
      (window as unknown as { violations: string[] }).violations = known;
    });
  });

  const base = `http://127.0.0.1:${server.port}/api`;
  const call = async (method: string, path: string, body: unknown, token?: string) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (token !== undefined) {
      headers.authorization = `Bearer ${token}`;
    }
    const answer = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
    return answer.status === 204 ? {} : await answer.json();
  };
  const account = { name: 'Mallory', password: 'a long password of hers', for: 'script' };
  await call('POST', '/accounts', account);
  const { token } = await call('POST', '/session', account);
  const rooms: number[] = [];
  for (const [number, text] of CORPUS.entries()) {
    const room = {
      kind: 'public',
      title: text.slice(0, 60),
      topic: text,
      slug: `hostile-${number}`,
    };
    rooms.push((await call('POST', '/rooms', room, token)).room);
  }
  const [first] = rooms;
  expect(first).toBeDefined();
  await call('PATCH', '/me', { status: { text: CORPUS[1] } }, token);
  for (const text of MESSAGES) {
    await call('POST', `/rooms/${first}/messages`, { text }, token);
  }

  await alex.signIn();
  await alex.open('/rooms/hostile-0');
  await page.getByRole('button', { name: /^Join/ }).click();
  await expect(alex.message(CORPUS[0] ?? '')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>');
  await expect(alex.bubbles).toHaveCount(MESSAGES.length);
  await expect(alex.log.locator('pre')).toHaveCount(2);
  await alex.log.getByRole('button', { name: 'Spoiler' }).click();
  for (const link of await alex.log.locator('a[href]:not(.permalink)').all()) {
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
  }
  await page.getByRole('button', { name: 'Browse rooms' }).click();
  await expect(page.getByRole('dialog')).toContainText('onerror');
  await page.keyboard.press('Escape');
  for (const number of [1, 4, 7]) {
    await alex.open(`/rooms/hostile-${number}`);
    await page.getByRole('button', { name: /^Join/ }).click();
    await expect(alex.composer).toBeVisible();
  }
  const found = await page.evaluate(() => {
    const { ran, violations: refused } = window as unknown as {
      ran?: number;
      violations?: string[];
    };
    return { ran: ran ?? 0, refused: refused ?? [] };
  });
  expect(found).toEqual({ ran: 0, refused: [] });
  expect(violations).toEqual([]);
});
