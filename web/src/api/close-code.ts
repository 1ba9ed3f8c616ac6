/** Why the server does not want a session back. */
export type SessionEnd =
  | 'expired'
  | 'signedOut'
  /** Another device has ended it, or changed the password. */
  | 'endedElsewhere';

/** What the end of a connection asks of the client, by its close code. */
export type CloseMeaning = 'restart' | 'retry' | SessionEnd;

export function closeMeaning(code: number): CloseMeaning {
  switch (code) {
    case 4000:
      return 'restart';
    case 4101:
      return 'signedOut';
    case 4102:
      // A tab that the browser froze between the opening and its `hello` was too late; its session is as good as before.
      return 'retry';
    case 4104:
      return 'endedElsewhere';
    default:
      return code >= 4100 && code <= 4199 ? 'expired' : 'retry';
  }
}
