import { t } from '@/locales/late';
import { ConnectionLost, ProtocolError } from './errors';
import type { Attachment } from './generated/protocol';
import { errorBody } from './http';

interface Sending {
  room: number;
  name: string;
  blob: Blob;
  token: string;
  /** How much has gone, from 0 to 1. */
  told(part: number): void;
  signal: AbortSignal;
}

/** Shares a file in a room. By the older interface, since `fetch` does not tell how far it has come. */
export function sendFile({ room, name, blob, token, told, signal }: Sending): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `api/files?room=${room}&name=${encodeURIComponent(name)}`);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    // The server has it only when it answers.
    request.upload.onprogress = ({ loaded, total }) => told(0.99 * (loaded / Math.max(1, total)));
    request.onload = () => {
      if (request.status === 201) {
        resolve(request.response);
      } else {
        reject(refusal(request));
      }
    };
    request.onerror = () => reject(new ConnectionLost());
    request.onabort = () => reject(new ConnectionLost());
    signal.addEventListener('abort', () => request.abort());
    request.send(blob);
  });
}

/** What the server, or a proxy before it, said no with. */
export function refusal({ status, response }: XMLHttpRequest): ProtocolError {
  if (typeof response?.code === 'string' && typeof response.message === 'string') {
    return new ProtocolError({ retryable: false, ...response });
  }
  if (status === 413) {
    const message = t('files.proxy');
    return new ProtocolError({ code: 'file_too_large', message, retryable: false });
  }
  return new ProtocolError({ code: 'unavailable', message: '', retryable: true });
}

/** So many bytes of the beginning of a file, or all of it when it has fewer. */
export async function fetchPart(
  address: string,
  bytes: number,
  token: string,
): Promise<ArrayBuffer> {
  const headers = { Authorization: `Bearer ${token}`, Range: `bytes=0-${bytes - 1}` };
  const response = await fetch(address, { headers }).catch(() => {
    throw new ConnectionLost();
  });
  if (!response.ok) {
    throw new ProtocolError(await errorBody(response));
  }
  // A proxy may not know parts, and send all of it.
  return (await response.arrayBuffer()).slice(0, bytes);
}
