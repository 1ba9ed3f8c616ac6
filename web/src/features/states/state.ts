/** What a view has of what it asked the server for. */
export type PartState = 'waiting' | 'offline' | 'failed' | 'refused' | 'empty' | 'there';

export interface Asked {
  loaded: boolean;
  empty: boolean;
  /** Why it did not come the last time; empty when nothing went wrong. */
  error: string;
  /** Whether asking again would be answered alike. */
  refused: boolean;
  /** Whether it did not come for want of a line. */
  lost: boolean;
}

export function stateOf({ loaded, empty, error, refused, lost }: Asked): PartState {
  if (loaded) {
    return empty ? 'empty' : 'there';
  }
  if (error === '') {
    return 'waiting';
  }
  if (refused) {
    return 'refused';
  }
  return lost ? 'offline' : 'failed';
}
