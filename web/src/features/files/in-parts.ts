import { ConnectionLost, ProtocolError } from '@/api/errors';
import { beginUpload, endUpload, sendPart, uploadedBytes } from '@/api/uploads';
import { forgetUpload, remember, remembered } from './remembered';
import type { OutgoingFile } from './tray';

/** Above this a file comes in parts, so that what the server has of it stays when something breaks off. */
export const PART_BYTES = 1_048_576;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** So often in a row nothing of it may come through before somebody has to ask for it. */
const MOST_FAILURES = 10;

export interface InParts {
  room: number;
  file: OutgoingFile;
  /** Makes a request with a token that is good. */
  ask<T>(request: (token: string) => Promise<T>): Promise<T>;
  /** How much has gone, from 0 to 1. */
  told(part: number): void;
  signal: AbortSignal;
}

/** Brings a file part by part, and goes on where it was after a lost line and after the page was loaded anew. Answers its name for a message. */
export async function sendInParts(sending: InParts): Promise<string> {
  let failures = 0;
  for (;;) {
    try {
      return await goOn(sending, () => {
        failures = 0;
      });
    } catch (error) {
      failures += 1;
      if (!mayGoOn(error) || failures > MOST_FAILURES) {
        throw error;
      }
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), sending.signal);
      if (sending.signal.aborted) {
        throw error;
      }
    }
  }
}

/** Gives up what the server has of it. What cannot be told goes by itself, after a day. */
export function endParts(key: string, ask: InParts['ask']): void {
  const id = remembered(key);
  if (id !== undefined) {
    forgetUpload(key);
    ask((token) => endUpload(id, token)).catch(() => undefined);
  }
}

async function goOn(sending: InParts, came: () => void): Promise<string> {
  const { file, ask, told, signal } = sending;
  const { size } = file.blob;
  const { id, offset: left } = await begun(sending);
  let offset = left;
  while (offset < size) {
    const from = offset;
    const part = file.blob.slice(from, from + PART_BYTES);
    // The server has it only when it answers.
    const progress = (bytes: number) => told((0.99 * (from + bytes)) / size);
    try {
      offset = await ask((token) =>
        sendPart({ id, offset: from, part, told: progress, signal }, token),
      );
    } catch (error) {
      if (error instanceof ProtocolError && !error.retryable && error.code !== 'upload_conflict') {
        forgetUpload(file.key);
      }
      throw error;
    }
    came();
  }
  return id;
}

/** Where it was left, or a new beginning. */
async function begun({ room, file, ask }: InParts): Promise<{ id: string; offset: number }> {
  const known = remembered(file.key);
  if (known !== undefined) {
    const offset = await ask((token) => uploadedBytes(known, token));
    if (offset !== undefined) {
      return { id: known, offset };
    }
    forgetUpload(file.key);
  }
  const about = { room, name: file.name, bytes: file.blob.size };
  const id = await ask((token) => beginUpload(about, token));
  remember(file.key, id);
  return { id, offset: 0 };
}

/** Whether the next try may find it otherwise: where the server has another part than one thought, it says how far it is. */
function mayGoOn(error: unknown): boolean {
  return (
    error instanceof ConnectionLost ||
    (error instanceof ProtocolError && (error.retryable || error.code === 'upload_conflict'))
  );
}

/** Until the time is over, or the browser has found a line. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    }
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
