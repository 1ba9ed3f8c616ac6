import { defineStore } from 'pinia';
import { watch } from 'vue';
import { fetchPart } from '@/api/files';
import type { Attachment } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { addressOf } from '../address';
import { decode } from './snippet';

const MOST_KEPT = 60;

/** The beginnings of texts that were shared as files: whoever scrolls back does not wait again. They go with the person who read them. */
export const useBeginnings = defineStore('beginnings', () => {
  const session = useSession();
  /** By file and length. */
  const kept = new Map<string, Promise<string>>();

  watch(
    () => session.user?.userId,
    () => kept.clear(),
    { flush: 'sync' },
  );

  /** The text of a file up to so many bytes. What cannot be read rejects, and is asked for anew the next time. */
  function read(file: Attachment, bytes: number): Promise<string> {
    const key = keyOf(file, bytes);
    const known = kept.get(key);
    if (known !== undefined) {
      return known;
    }
    const coming = ask(file, bytes);
    coming.catch(() => kept.get(key) === coming && kept.delete(key));
    kept.set(key, coming);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) {
      kept.delete(oldest);
    }
    return coming;
  }

  /** The same of what is needed once, and may be long: it is not kept. */
  function readOnce(file: Attachment, bytes: number): Promise<string> {
    return kept.get(keyOf(file, bytes)) ?? ask(file, bytes);
  }

  function ask(file: Attachment, bytes: number): Promise<string> {
    const wanted = Math.min(bytes, file.bytes);
    return session.ask((token) => fetchPart(addressOf(file), wanted, token)).then(decode);
  }

  return { read, readOnce };
});

function keyOf(file: Attachment, bytes: number): string {
  return `${file.id}/${Math.min(bytes, file.bytes)}`;
}
