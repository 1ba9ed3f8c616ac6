import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** What Chromium counts of a page. */
interface Counts {
  nodes: number;
  listeners: number;
  heapMegabytes: number;
  layouts: number;
}

async function counts(session: CDPSession): Promise<Counts> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  return {
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    heapMegabytes: of('JSHeapUsedSize') / 1_000_000,
    layouts: of('LayoutCount'),
  };
}

/** Lets somebody say much at once, many messages at a time: "message 1" and so on. */
async function sayMuch(page: Page, from: number, to: number): Promise<void> {
  await page.evaluate(
    async ({ first, last }) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ name: `Voice ${first}`, for: 'script' });
      const answer = await fetch('/api/session', { method: 'POST', headers, body });
      const { accessToken } = await answer.json();
      const socket = new WebSocket(`ws://${location.host}/ws`);
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      const waiting = new Map<number, (frame: { room: number }) => void>();
      socket.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(data);
        waiting.get(frame.ref)?.(frame);
        waiting.delete(frame.ref);
      });
      let ref = 0;
      const ask = (frame: Record<string, unknown>) => {
        ref += 1;
        socket.send(JSON.stringify({ ...frame, ref }));
        return new Promise<{ room: number }>((resolve) => waiting.set(ref, resolve));
      };
      await ask({ type: 'hello', token: accessToken });
      const { room } = await ask({ type: 'join', slug: 'general', limit: 0 });
      const say = (number: number) =>
        ask({ type: 'send', room, clientId: crypto.randomUUID(), text: `message ${number}` });
      for (let number = first; number <= last; number += 100) {
        const many = Math.min(100, last - number + 1);
        await Promise.all(Array.from({ length: many }, (_, index) => say(number + index)));
      }
      socket.close();
    },
    { first: from, last: to },
  );
}

test('ten thousand messages leave no more behind than a few hundred', async ({
  alex,
  browser,
  server,
}) => {
  const elsewhere = await browser.newContext();
  const voice = await elsewhere.newPage();
  await voice.goto(`http://127.0.0.1:${server.port}/healthz`);
  await alex.signIn();
  const session = await alex.context.newCDPSession(alex.page);
  await session.send('Performance.enable');
  const rows = alex.log.locator('[data-row]');

  await sayMuch(voice, 1, 400);
  await expect(alex.message('message 400')).toBeInViewport();
  // Around what is seen, there and back: all that is made once is made.
  await alex.log.press('PageUp');
  await alex.log.press('End');
  await alex.enter('Tech');
  await alex.enter('General');
  await expect(alex.message('message 400')).toBeInViewport();
  const few = await counts(session);
  const fewRows = await rows.count();

  // Most while nobody looks: how fast a browser shows what comes is not the question here.
  alex.line.cut();
  await sayMuch(voice, 401, 9_500);
  await alex.comeBack();
  await alex.pill.or(alex.message('message 9500')).first().waitFor();
  await alex.log.press('End');
  await expect(alex.message('message 9500')).toBeInViewport();
  // What comes in a burst is shown together.
  const back = await counts(session);
  expect(back.layouts - few.layouts).toBeLessThan(500);
  await sayMuch(voice, 9_501, 10_000);
  await expect(alex.message('message 10000')).toBeInViewport();
  // Up through some thousands of them, page by page as they are loaded.
  for (let page = 0; page < 12; page += 1) {
    const first = await rows.nth(1).getAttribute('data-row');
    await alex.scrollTo(0);
    await expect.poll(() => rows.nth(1).getAttribute('data-row')).not.toBe(first);
  }
  expect(await rows.count()).toBeLessThan(fewRows * 2 + 40);
  await alex.log.press('End');
  await expect(alex.message('message 10000')).toBeInViewport();
  for (let turn = 0; turn < 6; turn += 1) {
    await alex.enter('Tech');
    await alex.enter('General');
    await expect(alex.message('message 10000')).toBeInViewport();
  }

  const many = await counts(session);
  expect(await rows.count()).toBeLessThan(fewRows + 40);
  expect(many.nodes, `after ${few.nodes}`).toBeLessThan(few.nodes * 1.5 + 500);
  expect(many.listeners, `after ${few.listeners}`).toBeLessThan(few.listeners * 1.5 + 100);
  expect(many.heapMegabytes, `after ${few.heapMegabytes}`).toBeLessThan(40);
  await elsewhere.close();
});
