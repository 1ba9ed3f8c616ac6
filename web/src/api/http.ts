import { ConnectionLost, ProtocolError } from './errors';
import type { ProtocolError as ErrorBody, RoomAddress, SignedIn } from './generated/protocol';

/** Signs in. The server leaves a cookie, by which this browser gets the name back after a sign-out. */
export async function createSession(name: string): Promise<SignedIn> {
  const body = JSON.stringify({ name, holdName: true });
  const headers = { 'Content-Type': 'application/json' };
  return (await call('session', { method: 'POST', headers, body })).json();
}

export async function endSession(token: string): Promise<void> {
  await call('session', { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
}

/** The address that the server makes of a title, or of what somebody typed to get to a room. */
export async function addressFor(title: string): Promise<string> {
  const response = await call(`room-address?title=${encodeURIComponent(title)}`);
  const { slug }: RoomAddress = await response.json();
  return slug;
}

async function call(path: string, request?: RequestInit): Promise<Response> {
  // Below the path of the page's `base`.
  const response = await fetch(`api/${path}`, request).catch(() => {
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
