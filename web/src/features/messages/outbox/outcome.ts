import { ConnectionLost, ProtocolError } from '@/api/errors';

/** What becomes of an item after the server, or the connection, has refused it. */
export type Refusal =
  /** It goes out again when the connection is back. */
  | { kind: 'wait-for-connection' }
  | { kind: 'retry'; afterMs: number | null }
  /** Sending the same text again cannot help; the text goes back to its author. */
  | { kind: 'return-text'; message: string }
  | { kind: 'failed'; message: string };

export function refusalOf(error: unknown): Refusal {
  if (error instanceof ConnectionLost) {
    return { kind: 'wait-for-connection' };
  }
  if (!(error instanceof ProtocolError)) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  if (error.retryable) {
    return { kind: 'retry', afterMs: error.retryAfterMs ?? null };
  }
  switch (error.code) {
    case 'unauthorized':
      return { kind: 'wait-for-connection' };
    case 'message_empty':
    case 'message_invalid':
    case 'message_too_long':
      return { kind: 'return-text', message: error.message };
    default:
      return { kind: 'failed', message: error.message };
  }
}
