import type { DBSchema, IDBPDatabase } from 'idb';
import { ownName } from '@/storage/own-name';
import type { OutboxItem, OutboxStorage } from './item';

/** How long the database may take to open before messages go out without being stored. */
const LONGEST_OPENING_MS = 2_000;

interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { userId: number } };
}

/**
 * IndexedDB, or memory where there is none (some private windows, embedded views). Memory serves as well when the database
 * does not open in time, which may last for ever; `openedLate` tells that it has after all, with what was stored before.
 */
export function openOutboxStorage(openedLate: () => void = () => undefined): OutboxStorage {
  const memory = memoryStorage();
  let database: OutboxStorage | null = null;
  let late = false;
  const opened = openDatabase().then(
    (connection) => {
      database = indexedDbStorage(connection);
      if (late) {
        openedLate();
      }
    },
    () => undefined,
  );
  const outOfPatience = new Promise<void>((resolve) => {
    setTimeout(() => {
      late = true;
      resolve();
    }, LONGEST_OPENING_MS);
  });
  const ready = Promise.race([opened, outOfPatience]);

  return {
    load: async (userId) => {
      await ready;
      // Memory first: what moves from there into the database meanwhile is seen in one of them.
      const remembered = await memory.load(userId);
      const stored = (await database?.load(userId)) ?? [];
      const items = new Map([...remembered, ...stored].map((item) => [item.clientId, item]));
      return inOrder([...items.values()]);
    },
    put: async (item) => {
      await ready;
      if (database === null) {
        await memory.put(item);
      } else {
        await database.put(item);
        await memory.remove(item.clientId);
      }
    },
    remove: async (clientId) => {
      await ready;
      await memory.remove(clientId);
      await database?.remove(clientId);
    },
    keepOnly: async (userId) => {
      await Promise.all([
        ready.then(() => memory.keepOnly(userId)),
        // However late it opens, and before anything that the next person puts there.
        opened.then(() => database?.keepOnly(userId)),
      ]);
    },
  };
}

async function openDatabase(): Promise<IDBPDatabase<OutboxSchema>> {
  // Nothing on screen waits for it.
  const { openDB } = await import('idb');
  return openDB<OutboxSchema>(ownName('chinwag'), 3, {
    upgrade(upgraded, before) {
      // The third version looks like the second; who knows only that would send a change as a message.
      if (before === 2) {
        return;
      }
      // What the first version kept named rooms by addresses, which lead nowhere any more.
      if (before > 0) {
        upgraded.deleteObjectStore('outbox');
      }
      upgraded.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('userId', 'userId');
    },
    // An old tab does not keep a newer one from changing the schema. From then on it sends without storing.
    blocking(_version, _wanted, { target }) {
      (target as IDBDatabase).close();
    },
  });
}

function indexedDbStorage(database: IDBPDatabase<OutboxSchema>): OutboxStorage {
  return {
    load: async (userId) => inOrder(await database.getAllFromIndex('outbox', 'userId', userId)),
    put: async (item) => {
      const writing = database.transaction('outbox', 'readwrite');
      const put = writing.store.put(item);
      // Not left to the browser, which commits only once this page has heard of the write: a page that is left at once would not hear of it.
      writing.commit();
      await Promise.all([put, writing.done]);
    },
    remove: (clientId) => database.delete('outbox', clientId),
    keepOnly: async (userId) => {
      const erasing = database.transaction('outbox', 'readwrite');
      for await (const cursor of erasing.store) {
        if (cursor.value.userId !== userId) {
          await cursor.delete();
        }
      }
      await erasing.done;
    },
  };
}

export function memoryStorage(): OutboxStorage {
  const items = new Map<string, OutboxItem>();
  return {
    load: async (userId) => inOrder([...items.values()].filter((item) => item.userId === userId)),
    put: async (item) => {
      items.set(item.clientId, item);
    },
    remove: async (clientId) => {
      items.delete(clientId);
    },
    keepOnly: async (userId) => {
      for (const item of [...items.values()]) {
        if (item.userId !== userId) {
          items.delete(item.clientId);
        }
      }
    },
  };
}

function inOrder(items: OutboxItem[]): OutboxItem[] {
  return items.sort((left, right) => left.order - right.order);
}
