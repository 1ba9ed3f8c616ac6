import type { ConnectionState } from '@/api/socket';

/** A connection that is back within this time was never missed. */
export const SILENT_MS = 1_000;

export type Banner = { kind: 'waiting'; seconds: number } | { kind: 'connecting' | 'catchingUp' };

/** Whether everything that can be on the way has arrived. A session that is over is no matter of the connection. */
export function isUp(state: ConnectionState, replaying: boolean): boolean {
  return state.name === 'live' ? !replaying : state.name === 'stopped' || state.name === 'offline';
}

export function bannerFor(state: ConnectionState, downSince: number, now: number): Banner | null {
  if (now - downSince < SILENT_MS) {
    return null;
  }
  if (state.name === 'waiting') {
    return { kind: 'waiting', seconds: Math.max(1, Math.ceil((state.retryAt - now) / 1_000)) };
  }
  return { kind: state.name === 'live' ? 'catchingUp' : 'connecting' };
}
