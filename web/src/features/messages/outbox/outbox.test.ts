import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import type { OutboxStorage } from './item';
import { Outbox } from './outbox';
import { memoryStorage, openOutboxStorage } from './storage';
import { ALEX, refusal, SAM, settled, states, TestServer } from './test/server';

describe('the outbox', () => {
  it('shows a message at once, sends it, and shows it as sent until its event comes', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    const queued = outbox.enqueue(GENERAL, 'one');
    expect(states(outbox)).toEqual(['one pending']);
    await queued;
    await settled(() => states(outbox)[0] === 'one sent');
    const clientId = outbox.unconfirmed(GENERAL)[0]?.clientId;
    await outbox.caughtUp(GENERAL, 0, (id) => id === clientId);
    expect(states(outbox)).toEqual([]);
    expect(server.texts).toEqual(['one']);
  });

  it('sends in order, one after the other', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    await Promise.all(['one', 'two', 'three', 'four'].map((text) => outbox.enqueue(GENERAL, text)));
    await settled(() => server.stored.length === 4);
    expect(server.texts).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keeps messages over a reload and sends them once, in order, when the connection is back', async () => {
    const server = new TestServer();
    server.live = false;
    const before = new Outbox(ALEX, server.ports(openOutboxStorage()));
    await before.enqueue(GENERAL, 'one');
    await before.enqueue(GENERAL, 'two');
    expect(server.attempts).toEqual([]);
    before.stop();

    const after = new Outbox(ALEX, server.ports(openOutboxStorage()));
    await after.restore();
    expect(states(after)).toEqual(['one pending', 'two pending']);
    server.live = true;
    void after.restore();
    await settled(() => server.stored.length === 2);
    expect(server.texts).toEqual(['one', 'two']);

    await settled(() => states(after).every((state) => state.endsWith('sent')));
    const third = new Outbox(ALEX, server.ports(openOutboxStorage()));
    await third.restore();
    expect(states(third)).toEqual([]);
  });

  it('repeats a message whose ack was lost with the same client id', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push('ack lost');
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => !server.live);
    expect(states(outbox)).toEqual(['one pending']);
    server.live = true;
    void outbox.restore();
    await settled(() => states(outbox)[0] === 'one sent');
    expect(server.attempts).toEqual(['one', 'one']);
    expect(server.texts).toEqual(['one']);
  });

  it('does not repeat a message whose event came in the place of its ack', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const outbox = new Outbox(ALEX, server.ports(storage));
    server.refusals.push('ack lost');
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => !server.live);
    await outbox.caughtUp(GENERAL, 1, () => true);
    server.live = true;
    await outbox.enqueue(GENERAL, 'two');
    await settled(() => server.stored.length === 2);
    expect(server.attempts).toEqual(['one', 'two']);
    await expect.poll(() => storage.load(ALEX)).toEqual([]);
  });

  it('waits as long as the server asks, and tries again before what was written later', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push(
      refusal('rate_limited', true, 2_600),
      refusal('busy', true),
      refusal('busy', true),
    );
    await outbox.enqueue(GENERAL, 'one');
    await outbox.enqueue(GENERAL, 'two');
    await settled(() => server.stored.length === 2);
    expect(server.attempts).toEqual(['one', 'one', 'one', 'one', 'two']);
    expect(server.waits).toEqual([2_600, 2_000, 4_000]);
  });

  it('asks again within a minute where the pause is longer: it may be shortened', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push(refusal('slow_mode', true, 21_600_000), refusal('slow_mode', true, 5_000));
    await outbox.enqueue(GENERAL, 'one');
    await outbox.enqueue(GENERAL, 'two');
    await settled(() => server.stored.length === 2);
    expect(server.texts).toEqual(['one', 'two']);
    expect(server.waits).toEqual([60_000, 5_000]);
  });

  it('marks what cannot be sent, goes on, and sends it again on demand', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push(refusal('not_member'));
    await outbox.enqueue(GENERAL, 'one');
    await outbox.enqueue(GENERAL, 'two');
    await settled(() => server.stored.length === 1);
    const failed = outbox.unconfirmed(GENERAL).find(({ delivery }) => delivery === 'failed');
    expect(failed).toMatchObject({ text: 'one', problem: 'refused: not_member' });

    await outbox.retry(failed?.clientId ?? '');
    await settled(() => server.stored.length === 2);
    expect(server.texts).toEqual(['two', 'one']);
  });

  it('deletes a failed message for good', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const outbox = new Outbox(ALEX, server.ports(storage));
    server.refusals.push(refusal('forbidden'));
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => states(outbox)[0] === 'one failed');
    await outbox.remove(outbox.unconfirmed(GENERAL)[0]?.clientId ?? '');
    expect(states(outbox)).toEqual([]);
    expect(await storage.load(ALEX)).toEqual([]);
  });

  it('gives a text back that the server does not take', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push(refusal('message_too_long'));
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => server.returned.length === 1);
    expect(server.returned).toEqual(['one: refused: message_too_long']);
    expect(states(outbox)).toEqual([]);
  });

  it('never sends what another person has written in this browser', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    server.live = false;
    await new Outbox(ALEX, server.ports(storage)).enqueue(GENERAL, 'of Alex');
    server.live = true;
    const outbox = new Outbox(SAM, server.ports(storage));
    await outbox.restore();
    await outbox.enqueue(GENERAL, 'of Sam');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['of Sam']);
    expect(await storage.load(ALEX)).toHaveLength(1);
  });

  it.each([
    ['memory', memoryStorage],
    ['IndexedDB', openOutboxStorage],
  ])(
    'keeps nothing of others in %s when somebody signs in, and nothing at all without anybody',
    async (_name, open) => {
      const storage = open();
      await storage.keepOnly(null);
      const item = { room: GENERAL, text: 'secret', at: 0, order: 0, state: 'failed' } as const;
      await storage.put({ ...item, clientId: 'of Alex', userId: ALEX, problem: null });
      await storage.put({ ...item, clientId: 'of Sam', userId: SAM, problem: null });
      await storage.keepOnly(SAM);
      expect(await storage.load(ALEX)).toEqual([]);
      expect(await storage.load(SAM)).toHaveLength(1);
      await storage.keepOnly(null);
      expect(await storage.load(SAM)).toEqual([]);
    },
  );

  it('sends each message once from several tabs', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    server.live = false;
    const first = new Outbox(ALEX, server.ports(storage));
    await first.enqueue(GENERAL, 'one');
    await first.enqueue(GENERAL, 'two');
    const second = new Outbox(ALEX, server.ports(storage));
    await second.restore();
    server.live = true;
    void first.restore();
    void second.restore();
    await settled(() => server.stored.length === 2);
    await settled(() => states(first).length === 2 && states(second).length === 0);
    expect(server.attempts).toEqual(['one', 'two']);
  });

  it('does not take up again what has arrived while it looked for what others left', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    server.live = false;
    const outbox = new Outbox(ALEX, server.ports(storage));
    await outbox.enqueue(GENERAL, 'one');
    const restored = outbox.restore();
    await outbox.caughtUp(GENERAL, 1, () => true);
    await restored;
    expect(states(outbox)).toEqual([]);
  });

  it('sends although nothing can be stored', async () => {
    const server = new TestServer();
    const full = new DOMException('No space left', 'QuotaExceededError');
    const storage: OutboxStorage = {
      load: () => Promise.reject(full),
      put: () => Promise.reject(full),
      remove: () => Promise.reject(full),
      keepOnly: () => Promise.reject(full),
    };
    const outbox = new Outbox(ALEX, server.ports(storage));
    await outbox.restore();
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => states(outbox)[0] === 'one sent');
    expect(server.texts).toEqual(['one']);
  });

  it('shows a change at once, sends it after what was written before, and keeps it until the log tells', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    await outbox.enqueue(GENERAL, 'one');
    outbox.change(GENERAL, { kind: 'edit', target: 5 }, 'two');
    expect(outbox.changes(GENERAL)).toMatchObject([
      { kind: 'edit', target: 5, text: 'two', delivery: 'pending' },
    ]);
    expect(states(outbox)).toHaveLength(1);
    await settled(() => outbox.changes(GENERAL)[0]?.delivery === 'sent');
    expect(server.texts).toEqual(['one', 'two']);
    await outbox.caughtUp(GENERAL, 2, () => false);
    expect(outbox.changes(GENERAL)).toEqual([]);
  });

  it('keeps changes over a reload', async () => {
    const server = new TestServer();
    server.live = false;
    const storage = memoryStorage();
    const before = new Outbox(ALEX, server.ports(storage));
    const clientId = before.change(GENERAL, { kind: 'edit', target: 5 }, 'two');
    await settled(() => before.changes(GENERAL).length === 1);
    before.stop();
    server.live = true;
    const after = new Outbox(ALEX, server.ports(storage));
    await after.restore();
    await settled(() => server.stored.length === 1);
    expect(server.stored).toEqual([`${clientId}=two`]);
  });

  it('sends the last of several changes that one has made to a message without a line', async () => {
    const server = new TestServer();
    server.live = false;
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    outbox.change(GENERAL, { kind: 'edit', target: 5 }, 'two');
    outbox.change(GENERAL, { kind: 'edit', target: 6 }, 'another');
    outbox.change(GENERAL, { kind: 'edit', target: 5 }, 'three');
    expect(outbox.changes(GENERAL).map(({ text }) => text)).toEqual(['another', 'three']);
    server.live = true;
    await outbox.restore();
    await settled(() => server.stored.length === 2);
    expect(server.texts).toEqual(['another', 'three']);
  });

  it('keeps a new text that is refused with its message, and sends it again on demand', async () => {
    const server = new TestServer();
    const outbox = new Outbox(ALEX, server.ports(memoryStorage()));
    server.refusals.push(refusal('message_too_long'));
    const clientId = outbox.change(GENERAL, { kind: 'edit', target: 5 }, 'two');
    await settled(() => outbox.changes(GENERAL)[0]?.delivery === 'failed');
    expect(outbox.changes(GENERAL)[0]?.problem).toBe('refused: message_too_long');
    // Told where one looks, and not given to the composer.
    expect(server.returned).toEqual(['refused: message_too_long']);
    await outbox.retry(clientId);
    await settled(() => server.stored.length === 1);
  });
});
