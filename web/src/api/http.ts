import { ConnectionLost, ProtocolError } from './errors';
import type { ProtocolError as ErrorBody, SignedIn } from './generated/protocol';

export function createSession(name: string): Promise<SignedIn> {
  return call('POST', { 'Content-Type': 'application/json' }, JSON.stringify({ name })).then(
    (response) => response.json() as Promise<SignedIn>,
  );
}

export async function endSession(token: string): Promise<void> {
  await call('DELETE', { Authorization: `Bearer ${token}` });
}

async function call(method: string, headers: HeadersInit, body?: string): Promise<Response> {
  // Below the path of the page's `base`.
  const response = await fetch('api/session', { method, headers, body }).catch(() => {
    throw new ConnectionLost();
  });
  if (!response.ok) {
    throw new ProtocolError(await errorBody(response));
  }
  return response;
}

/** A proxy before the server answers with bodies of its own; they mean that the server is not there. */
async function errorBody(response: Response): Promise<ErrorBody> {
  const body: Partial<ErrorBody> = await response.json().catch(() => ({}));
  if (typeof body.code === 'string' && typeof body.message === 'string') {
    return { retryable: false, ...body, code: body.code, message: body.message };
  }
  return { code: 'unavailable', message: response.statusText, retryable: true };
}
