import type { Connection } from './store';

/** A network that goes or returns and a page that is looked at again are the moments to try the connection. */
export function wakeWithThePage(connection: Pick<Connection, 'wake' | 'probe'>): void {
  window.addEventListener('offline', () => connection.probe());
  window.addEventListener('online', () => connection.wake());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      connection.wake();
    }
  });
}
