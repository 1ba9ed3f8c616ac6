import { GENERAL } from '@/api/test/rooms';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from './item';
import { openOutboxStorage } from './storage';

const ALEX = 7;

/** Databases open after this only. */
const gate = vi.hoisted(() => ({ opens: Promise.resolve() }));
vi.mock('idb', async (importOriginal) => {
  const idb = await importOriginal<typeof import('idb')>();
  const openDB: typeof idb.openDB = async (...request) => {
    await gate.opens;
    return idb.openDB(...request);
  };
  return { ...idb, openDB };
});

function keepShut(): () => void {
  let open: () => void = () => undefined;
  gate.opens = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}

function item(clientId: string, order: number): OutboxItem {
  const common = { userId: ALEX, room: GENERAL, at: 0, state: 'pending', problem: null } as const;
  return { ...common, clientId, order, text: clientId };
}

async function ids(storage: ReturnType<typeof openOutboxStorage>): Promise<string[]> {
  return (await storage.load(ALEX)).map(({ clientId }) => clientId);
}

describe('the storage of the outbox', () => {
  beforeEach(async () => {
    gate.opens = Promise.resolve();
    await openOutboxStorage().keepOnly(null);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is memory when the database does not open, and both when it does at last', async () => {
    const earlier = openOutboxStorage();
    await earlier.put(item('earlier', 1));
    const open = keepShut();
    const openedLate = vi.fn();
    const storage = openOutboxStorage(openedLate);
    const loaded = ids(storage);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await loaded).toEqual([]);
    await storage.put(item('one', 2));
    await storage.put(item('two', 3));
    expect(await ids(storage)).toEqual(['one', 'two']);
    expect(openedLate).not.toHaveBeenCalled();

    open();
    await expect.poll(() => openedLate.mock.calls).toHaveLength(1);
    expect(await ids(storage)).toEqual(['earlier', 'one', 'two']);
    await storage.put(item('one', 4));
    await storage.remove('two');
    expect(await ids(storage)).toEqual(['earlier', 'one']);
    expect(await ids(earlier)).toEqual(['earlier', 'one']);
  });

  it('tells nothing of a database that opens in time', async () => {
    const openedLate = vi.fn();
    await ids(openOutboxStorage(openedLate));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(openedLate).not.toHaveBeenCalled();
  });

  it('erases what others have left however late the database opens', async () => {
    const earlier = openOutboxStorage();
    await earlier.put(item('earlier', 1));
    const open = keepShut();
    const erased = openOutboxStorage().keepOnly(null);
    await vi.advanceTimersByTimeAsync(2_000);
    open();
    await erased;
    expect(await ids(earlier)).toEqual([]);
  });

  it('does not keep a later version of the page from changing the schema', async () => {
    const storage = openOutboxStorage();
    await storage.put(item('one', 1));
    const upgraded = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('chinwag', 4);
      opening.onsuccess = () => resolve(opening.result);
    });
    await expect(storage.put(item('two', 2))).rejects.toThrow();
    upgraded.close();
    indexedDB.deleteDatabase('chinwag');
  });
});
