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
