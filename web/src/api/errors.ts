import type { ProtocolError as ErrorBody, ErrorCode } from './generated/protocol';

/** The server refused; the same in an `error` frame and in the body of a REST answer. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** When what is refused at present may be done again, in milliseconds since 1970. */
  readonly until: number | undefined;

  constructor(body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.retryable = body.retryable;
    this.retryAfterMs = body.retryAfterMs;
    this.until = body.until;
  }
}

/** The connection dropped before the answer came, so that nobody knows whether the server did what was asked. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor() {
    super('The connection was lost before the server answered.');
  }
}

/** Whether somebody may not see what was asked for, so that asking again helps nothing. */
export function isForbidden(error: unknown): boolean {
  return (
    error instanceof ProtocolError &&
    (['forbidden', 'not_member', 'account_required', 'room_not_found'] as ErrorCode[]).includes(
      error.code,
    )
  );
}
