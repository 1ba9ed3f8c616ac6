import { fetchPart } from '@/api/files';
import type { Attachment } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { addressOf } from '../address';
import { decode } from './snippet';

const MOST_KEPT = 60;
/** What was read, by person, file and length: whoever scrolls back does not wait again. */
const kept = new Map<string, Promise<string>>();

/** The text of a file up to so many bytes. What cannot be read rejects, and is asked for anew the next time. */
export function readText(file: Attachment, bytes: number): Promise<string> {
  const session = useSession();
  const wanted = Math.min(bytes, file.bytes);
  const key = `${session.user?.userId}/${file.id}/${wanted}`;
  const known = kept.get(key);
  if (known !== undefined) {
    return known;
  }
  const coming = session.ask((token) => fetchPart(addressOf(file), wanted, token)).then(decode);
  coming.catch(() => kept.delete(key));
  kept.set(key, coming);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) {
    kept.delete(oldest);
  }
  return coming;
}
