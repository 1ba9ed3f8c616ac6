import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import type { OutboxStorage } from './item';
import { Outbox } from './outbox';
import type { OutboxPorts } from './ports';
import { memoryStorage } from './storage';
import { ALEX, settled, TestServer } from './test/server';

describe('what the outbox holds for a while', () => {
  /** Waits until the test says so. */
  function heldBy(server: TestServer, storage: OutboxStorage) {
    const ends: (() => void)[] = [];
    const ports: OutboxPorts = {
      ...server.ports(storage),
      wait: (ms) =>
        new Promise((resolve) => {
          ends.push(() => {
            server.time += ms;
            resolve();
          });
        }),
    };
    return { outbox: new Outbox(ALEX, ports), end: () => ends.shift()?.() };
  }

  it('goes out when its time is over, and what is written meanwhile before', async () => {
    const server = new TestServer();
    const { outbox, end } = heldBy(server, memoryStorage());
    outbox.change(GENERAL, { kind: 'delete', target: 5 }, '', 5_000);
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['one']);
    end();
    await settled(() => server.stored.length === 2);
    expect(outbox.changes(GENERAL)).toMatchObject([{ kind: 'delete', delivery: 'sent' }]);
  });

  it('is never sent when it is taken back', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const { outbox, end } = heldBy(server, storage);
    const clientId = outbox.change(GENERAL, { kind: 'delete', target: 5 }, '', 5_000);
    await outbox.remove(clientId);
    end();
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['one']);
    await expect.poll(() => storage.load(ALEX)).toEqual([]);
  });

  it('goes out at once when the page is left, and again from the next page when nobody answered', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const { outbox } = heldBy(server, storage);
    const clientId = outbox.change(GENERAL, { kind: 'delete', target: 5 }, 'gone', 5_000);
    await expect.poll(async () => (await storage.load(ALEX)).length).toBe(1);
    server.refusals.push('ack lost');
    outbox.sendHeld();
    expect(server.attempts).toEqual(['gone']);
    await settled(() => !server.live);
    server.live = true;
    server.time += 5_000;
    await new Outbox(ALEX, server.ports(storage)).restore();
    await settled(() => server.attempts.length === 2);
    expect(server.stored).toEqual([`${clientId}=gone`]);
  });

  it('is not sent by another page before its time', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const first = heldBy(server, storage).outbox;
    first.change(GENERAL, { kind: 'delete', target: 5 }, 'gone', 5_000);
    await expect.poll(async () => (await storage.load(ALEX)).length).toBe(1);
    const { outbox: second, end } = heldBy(server, storage);
    await second.restore();
    await second.enqueue(GENERAL, 'one');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['one']);
    first.stop();
    end();
    await settled(() => server.stored.length === 2);
  });

  it('is left to the page that holds it when another one goes', async () => {
    const server = new TestServer();
    const storage = memoryStorage();
    const first = heldBy(server, storage).outbox;
    const clientId = first.change(GENERAL, { kind: 'delete', target: 5 }, 'gone', 5_000);
    await expect.poll(async () => (await storage.load(ALEX)).length).toBe(1);
    const { outbox: second, end } = heldBy(server, storage);
    await second.restore();
    await second.sendHeld();
    await first.remove(clientId);
    end();
    await second.enqueue(GENERAL, 'one');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['one']);
  });

  it('brings back what was to become of the message before, and ends it when it goes', async () => {
    const server = new TestServer();
    server.live = false;
    const { outbox, end } = heldBy(server, memoryStorage());
    outbox.change(GENERAL, { kind: 'edit', target: 5 }, 'two');
    const taken = outbox.change(GENERAL, { kind: 'delete', target: 5 }, '', 5_000);
    await outbox.remove(taken);
    expect(outbox.changes(GENERAL)).toMatchObject([{ kind: 'edit', text: 'two' }]);
    server.refusals.push(new Error('no'));
    server.live = true;
    await outbox.restore();
    await settled(() => outbox.changes(GENERAL)[0]?.delivery === 'failed');
    outbox.change(GENERAL, { kind: 'delete', target: 5 }, 'gone', 5_000);
    end();
    end();
    await settled(() => server.stored.length === 1);
    await settled(() => outbox.changes(GENERAL).length === 1);
    expect(outbox.changes(GENERAL)).toMatchObject([{ kind: 'delete', delivery: 'sent' }]);
  });

  it('may be held for longer', async () => {
    const server = new TestServer();
    const { outbox, end } = heldBy(server, memoryStorage());
    const clientId = outbox.change(GENERAL, { kind: 'delete', target: 5 }, 'gone', 5_000);
    server.time += 4_000;
    outbox.hold(new Set([clientId]), 5_000);
    server.time -= 4_000;
    end();
    await outbox.enqueue(GENERAL, 'one');
    await settled(() => server.stored.length === 1);
    expect(server.texts).toEqual(['one']);
    end();
    await settled(() => server.stored.length === 2);
  });
});
