import { readStored, writeStored } from '@/storage/local';

/** The server forgets a file that nobody goes on with. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;
const KEY = 'chinwag.uploads';

type Remembered = Record<string, { id: string; at: number }>;

function all(): Remembered {
  const now = Date.now();
  const entries = Object.entries(readStored<Remembered>(KEY) ?? {});
  return Object.fromEntries(entries.filter(([, { at }]) => now - at < LONGEST_MS));
}

/** What the server calls a file that was begun, perhaps before the page was loaded anew. */
export function remembered(key: string): string | undefined {
  return all()[key]?.id;
}

export function remember(key: string, id: string): void {
  writeStored(KEY, { ...all(), [key]: { id, at: Date.now() } });
}

export function forgetUpload(key: string): void {
  const { [key]: gone, ...others } = all();
  if (gone !== undefined) {
    writeStored(KEY, Object.keys(others).length === 0 ? undefined : others);
  }
}
