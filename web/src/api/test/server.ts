import { vi } from 'vitest';
import type { ErrorCode } from '@/api/generated/protocol';

/** Lets the server answer the next calls of its REST interface with this. */
export function answering(body?: unknown, status = 200) {
  const text = body === undefined ? null : JSON.stringify(body);
  const fetched = vi.fn(
    async (_path: string, _request?: RequestInit) => new Response(text, { status }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

export function refusing(status: number, code: ErrorCode, more: object = {}) {
  return answering({ code, message: `Refused: ${code}.`, retryable: false, ...more }, status);
}

type Answers = Readonly<Record<string, unknown>>;

/** A refusal, as an answer of a `fakeServer`. */
export class Refused {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly more: object = {},
  ) {}
}

interface FakeCall {
  what: string;
  body: unknown;
  token: string | undefined;
  credentials: RequestCredentials | undefined;
}

/** A server that answers by method and path, as `GET access`: with a body, or with a `Refused`. What it was asked is kept, in order. */
export function fakeServer(answers: Answers) {
  const calls: FakeCall[] = [];
  vi.stubGlobal('fetch', async (path: string, request: RequestInit = {}) => {
    const what = `${request.method ?? 'GET'} ${path.replace('api/', '')}`;
    const headers = request.headers as Record<string, string>;
    const body = typeof request.body === 'string' ? JSON.parse(request.body) : undefined;
    const token = headers.Authorization?.replace('Bearer ', '');
    calls.push({ what, body, token, credentials: request.credentials });
    const answer = answers[what];
    if (answer instanceof Refused) {
      const { status, code, more } = answer;
      const refusal = { code, message: `Refused: ${code}.`, retryable: false, ...more };
      return new Response(JSON.stringify(refusal), { status });
    }
    if (!(what in answers)) {
      throw new TypeError(`Nothing answers ${what}.`);
    }
    return answer === undefined
      ? new Response(null, { status: 204 })
      : new Response(JSON.stringify(answer));
  });
  return {
    calls,
    /** What was said with each call of that kind. */
    said: (what: string) => calls.filter((call) => call.what === what),
  };
}
