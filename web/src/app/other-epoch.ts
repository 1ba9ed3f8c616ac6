import type { Connection } from '@/features/connection';

/**
 * Calls `forget` when the server has another history than before, since it was restored from a copy: other events may stand in the
 * places that were seen, and nothing of them may be mixed with what comes.
 */
export function forgetOtherEpochs(connection: Pick<Connection, 'on'>, forget: () => void): void {
  let epoch: string | undefined;
  connection.on('welcome', (welcome) => {
    if (epoch !== undefined && epoch !== welcome.epoch) {
      forget();
    }
    epoch = welcome.epoch;
  });
}
