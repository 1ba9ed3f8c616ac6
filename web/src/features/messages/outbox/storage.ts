import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { OutboxItem, OutboxStorage } from './item';

interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { userId: number } };
}

/** IndexedDB, or memory where there is none (some private windows, embedded views). */
export function openOutboxStorage(): OutboxStorage {
  const opened = openDatabase().then(indexedDbStorage).catch(memoryStorage);
  return {
    load: async (userId) => (await opened).load(userId),
    put: async (item) => (await opened).put(item),
    remove: async (clientId) => (await opened).remove(clientId),
    keepOnly: async (userId) => (await opened).keepOnly(userId),
  };
}

async function openDatabase(): Promise<IDBPDatabase<OutboxSchema>> {
  return openDB<OutboxSchema>('chinwag', 1, {
    upgrade(upgraded) {
      upgraded.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('userId', 'userId');
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
