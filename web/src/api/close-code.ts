/** What the end of a connection asks of the client, by its close code. */
export type CloseMeaning = 'restart' | 'retry' | 'signedOut' | 'expired';

export function closeMeaning(code: number): CloseMeaning {
  if (code === 4000) {
    return 'restart';
  }
  if (code === 4101) {
    return 'signedOut';
  }
  if (code === 4102) {
    // A tab that the browser froze between the opening and its `hello` was too late; its session is as good as before.
    return 'retry';
  }
  return code >= 4100 && code <= 4199 ? 'expired' : 'retry';
}
