import { ownName } from './own-name';

/** A value kept in this browser across reloads; `undefined` when there is none or the browser keeps nothing. */
export function readStored<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(ownName(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Keeps a value, or forgets it when it is `undefined`. A browser that keeps nothing loses only comfort. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(ownName(key));
    } else {
      localStorage.setItem(ownName(key), JSON.stringify(value));
    }
  } catch {
    // Storage is full or forbidden; the client works without it.
  }
}
