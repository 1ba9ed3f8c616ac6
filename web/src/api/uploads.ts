import { ConnectionLost, ProtocolError } from './errors';
import { refusal } from './files';
import { call } from './http';

/** The core of tus 1.0, which the server speaks below `/api/uploads`. */
const TUS = { 'Tus-Resumable': '1.0.0' };

/** Begins a file that comes in parts. Answers the name that a message gives it. */
export async function beginUpload(
  { room, name, bytes }: { room: number; name: string; bytes: number },
  token: string,
): Promise<string> {
  const metadata = `room ${encoded(String(room))},filename ${encoded(name)}`;
  const headers = { ...TUS, 'Upload-Length': String(bytes), 'Upload-Metadata': metadata };
  const answer = await call('uploads', { method: 'POST', token, headers });
  return answer.headers.get('Location')?.split('/').at(-1) ?? '';
}

/** How much of it the server has; nothing is known of one that is gone there, or is another person's. */
export async function uploadedBytes(id: string, token: string): Promise<number | undefined> {
  const headers = { ...TUS, Authorization: `Bearer ${token}` };
  const answer = await fetch(`api/uploads/${id}`, { method: 'HEAD', headers }).catch(() => {
    throw new ConnectionLost();
  });
  // An answer to `HEAD` has no body that says more.
  if (answer.status === 401) {
    throw new ProtocolError({ code: 'unauthorized', message: '', retryable: false });
  }
  if (answer.status >= 500 || answer.status === 429) {
    throw new ProtocolError({ code: 'unavailable', message: '', retryable: true });
  }
  return answer.ok ? Number(answer.headers.get('Upload-Offset')) : undefined;
}

export async function endUpload(id: string, token: string): Promise<void> {
  await call(`uploads/${id}`, { method: 'DELETE', token, headers: TUS });
}

interface Part {
  id: string;
  offset: number;
  part: Blob;
  /** How many bytes of this part have gone. */
  told(bytes: number): void;
  signal: AbortSignal;
}

/** Brings the next part. By the older interface, since `fetch` does not tell how far it has come. Answers what the server has by then. */
export function sendPart({ id, offset, part, told, signal }: Part, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PATCH', `api/uploads/${id}`);
    const type = 'application/offset+octet-stream';
    const headers = { ...TUS, 'Upload-Offset': String(offset), 'Content-Type': type };
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onload = () => {
      if (request.status === 204) {
        resolve(Number(request.getResponseHeader('Upload-Offset')));
      } else {
        reject(refusal(request));
      }
    };
    request.onerror = () => reject(new ConnectionLost());
    request.onabort = () => reject(new ConnectionLost());
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(part);
  });
}

/** In Base64, as tus wants what it is told beside the bytes. */
function encoded(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
