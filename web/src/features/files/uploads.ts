import { shallowReactive } from 'vue';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import { sendFile } from '@/api/files';
import { useSession } from '@/features/session/store';
import { endParts, PART_BYTES, sendInParts } from './in-parts';
import { forgetUpload } from './remembered';
import type { OutgoingFile } from './tray';

/** How far a file has come. */
export interface Progress {
  /** From 0 to 1; 1 when the server has it. */
  part: number;
  failed: boolean;
}

interface Upload {
  id: Promise<string>;
  stop(): void;
}

const uploads = new Map<string, Upload>();
const progress = shallowReactive(new Map<string, Progress>());

export function progressOf(key: string): Progress | undefined {
  return progress.get(key);
}

/** Brings a file to the server, once; after a failure the next call tries again. Resolves with the name that a message gives it. */
export function upload(room: number, file: OutgoingFile): Promise<string> {
  const known = uploads.get(file.key);
  if (known !== undefined) {
    return known.id;
  }
  const stopping = new AbortController();
  const told = (part: number) => progress.set(file.key, { part, failed: false });
  told(0);
  const id: Promise<string> = send(room, file, told, stopping.signal).then(
    (named) => {
      told(1);
      return named;
    },
    (error: unknown) => {
      // One that was given up is not shown any more.
      if (uploads.get(file.key)?.id === id) {
        uploads.delete(file.key);
        progress.set(file.key, { part: 0, failed: true });
      }
      throw error;
    },
  );
  id.catch(() => undefined);
  uploads.set(file.key, { id, stop: () => stopping.abort(new ConnectionLost()) });
  return id;
}

function send(
  room: number,
  file: OutgoingFile,
  told: (part: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { ask } = useSession();
  return file.blob.size > PART_BYTES
    ? sendInParts({ room, file, ask, told, signal })
    : ask((token) => sendFile({ room, ...file, token, told, signal })).then(({ id }) => id);
}

/** All files of a message, when the server has them. What breaks off is to be tried again, since the connection of messages may be there still. */
export async function uploadAll(room: number, files: readonly OutgoingFile[]): Promise<string[]> {
  try {
    return await Promise.all(files.map((file) => upload(room, file)));
  } catch (error) {
    throw error instanceof ConnectionLost
      ? new ProtocolError({ code: 'unavailable', message: error.message, retryable: true })
      : error;
  }
}

/** Forgets what the server has, because a message took it, or because it is gone there: the next call brings it anew. */
export function forget(files: readonly OutgoingFile[]): void {
  for (const { key } of files) {
    uploads.delete(key);
    progress.delete(key);
    forgetUpload(key);
  }
}

/** Gives up what was not sent. What the server has of it goes by itself. */
export function giveUp(key: string): void {
  uploads.get(key)?.stop();
  uploads.delete(key);
  progress.delete(key);
  endParts(key, useSession().ask);
}
