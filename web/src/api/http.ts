import { ConnectionLost, ProtocolError } from './errors';
import type {
  ProtocolError as ErrorBody,
  RoomAddress,
  RoomSummary,
  SignedIn,
} from './generated/protocol';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  /** Said as JSON, but for bytes. */
  body?: unknown;
  /** The access token of whoever asks. */
  token?: string;
  /** `omit` keeps this browser's cookie out of it, in both directions. */
  credentials?: RequestCredentials;
}

/** By the cookie that a sign-in has left in this browser, a new access token. The cookie is another one afterwards. */
export function refreshSession(): Promise<SignedIn> {
  return answerTo('session/refresh', { method: 'POST' });
}

export async function endSession(token: string, credentials?: RequestCredentials): Promise<void> {
  await call('session', { method: 'DELETE', token, credentials });
}

/** The address that the server makes of a title, or of what somebody typed to get to a room. */
export async function addressFor(title: string): Promise<string> {
  const { slug } = await answerTo<RoomAddress>(`room-address?title=${encodeURIComponent(title)}`);
  return slug;
}

/** A room as one sees it now. */
export function fetchRoom(room: number, token: string): Promise<RoomSummary> {
  return answerTo(`rooms/${room}`, { token });
}

export async function answerTo<T>(path: string, request?: Call): Promise<T> {
  return (await call(path, request)).json();
}

/** Calls the REST interface, and throws what it refuses. */
export async function call(
  path: string,
  { method, headers: given, body, token, credentials }: Call = {},
): Promise<Response> {
  const headers: Record<string, string> = { ...given };
  const isBytes = body instanceof Blob;
  if (body !== undefined) {
    headers['Content-Type'] = `application/${isBytes ? 'octet-stream' : 'json'}`;
  }
  if (token !== undefined) {
    headers.Authorization = `Bearer ${token}`;
  }
  const sent = body === undefined || isBytes ? body : JSON.stringify(body);
  // Below the path of the page's `base`.
  const response = await fetch(`api/${path}`, { method, headers, body: sent, credentials }).catch(
    () => {
      throw new ConnectionLost();
    },
  );
  if (!response.ok) {
    throw new ProtocolError(await errorBody(response));
  }
  return response;
}

/** A proxy before the server answers with bodies of its own; they mean that the server is not there. */
export async function errorBody(response: Response): Promise<ErrorBody> {
  const body: Partial<ErrorBody> = await response.json().catch(() => ({}));
  if (typeof body.code === 'string' && typeof body.message === 'string') {
    return { retryable: false, ...body, code: body.code, message: body.message };
  }
  return { code: 'unavailable', message: response.statusText, retryable: true };
}
