import { expect, it, vi } from 'vitest';
import source from './sw.js?raw';

const FONT = new Request('https://chat.example/chat/assets/letters.woff2');

/** Runs the worker of a Chinwag at this path, in a browser with these caches. */
function worker(path: string, caches: object, line = async () => new Response('letters')) {
  const handlers = new Map<string, (event: object) => void>();
  const self = {
    registration: { scope: `https://chat.example${path}` },
    addEventListener: (name: string, handler: (event: object) => void) =>
      handlers.set(name, handler),
  };
  const made = source.replace("['__FILES__']", '[]').replace('__VERSION__', 'v2');
  new Function('self', 'caches', 'fetch', made)(self, caches, line);
  /** What is answered, once all that is waited for is over. */
  return async (name: string, request?: Request): Promise<Response | undefined> => {
    let answer: Promise<Response> | undefined;
    const waits: Promise<unknown>[] = [];
    handlers.get(name)?.({
      request,
      respondWith: (response: Promise<Response>) => {
        answer = response;
      },
      waitUntil: (work: Promise<unknown>) => waits.push(work),
    });
    const response = await answer;
    await Promise.all(waits);
    return response;
  };
}

it('keeps what comes over the line', async () => {
  const put = vi.fn();
  const caches = { match: async () => undefined, open: async () => ({ put }) };
  const answer = await worker('/chat/', caches)('fetch', FONT);
  expect(await answer?.text()).toBe('letters');
  expect(put.mock.calls.map(([request]) => request)).toEqual([FONT]);
});

it('hands on what comes over the line where nothing can be kept', async () => {
  const full = async () => {
    throw new DOMException('', 'QuotaExceededError');
  };
  const withoutSpace = { match: async () => undefined, open: async () => ({ put: full }) };
  expect(await (await worker('/chat/', withoutSpace)('fetch', FONT))?.text()).toBe('letters');
  const closed = { match: full, open: full };
  expect(await (await worker('/chat/', closed)('fetch', FONT))?.text()).toBe('letters');
});

it('forgets what it kept before, and nothing of another Chinwag of the same origin', async () => {
  for (const [path, gone] of [
    ['/', 'chinwag-/?v1'],
    ['/chat/', 'chinwag-/chat/?v1'],
  ] as const) {
    const kept = ['chinwag-/?', 'chinwag-/chat/?', 'chinwag-/chat/a/?'].flatMap((name) => [
      `${name}v1`,
      `${name}v2`,
    ]);
    const forgotten = vi.fn();
    await worker(path, { keys: async () => [...kept, 'other'], delete: forgotten })('activate');
    expect(forgotten.mock.calls).toEqual([[gone]]);
  }
});
