import { problems } from '@/features/problems/problems';
import { shortcuts } from '@/features/shortcuts';
import { t } from '@/locales/late';
import { useOutbox } from './outbox/store';

/** For how long the last deletions can be taken back. */
const UNDO_MS = 5_000;
/** A press in the last moment comes in time. */
const HELD_MS = UNDO_MS + 500;

/** Messages that were deleted one soon after the other. They are taken back together. */
interface Deletions {
  readonly clientIds: Set<string>;
  end(): void;
}

let current: Deletions | null = null;

/**
 * Deletes a message: an own one, or somebody else's where one keeps order. It is gone at once, and comes back with one press. The
 * server hears of it when the time for that is over, or when nobody looks any more.
 */
export function deleteMessage(room: number, target: number): void {
  const outbox = useOutbox();
  const clientIds = new Set(current?.clientIds);
  current?.end();
  outbox.hold(clientIds, HELD_MS);
  clientIds.add(outbox.change(room, { kind: 'delete', target }, '', HELD_MS));

  const undo = () => {
    deletions.end();
    for (const clientId of clientIds) {
      void outbox.remove(clientId);
    }
  };
  const toast = problems.show({
    text: t('messages.deletedNow', clientIds.size),
    action: { label: t('messages.undo'), run: undo },
  });
  const unbind = shortcuts.bind('undoDeletion', undo);
  const timer = setTimeout(() => deletions.end(), UNDO_MS);
  const leaving = new AbortController();
  const leave = () => {
    deletions.end();
    void outbox.sendHeld();
  };
  window.addEventListener('pagehide', leave, { signal: leaving.signal });
  // On a phone a page that is left may never hear of it.
  const onHidden = () => document.visibilityState === 'hidden' && leave();
  document.addEventListener('visibilitychange', onHidden, { signal: leaving.signal });

  const deletions: Deletions = {
    clientIds,
    end() {
      clearTimeout(timer);
      leaving.abort();
      problems.dismiss(toast);
      unbind();
      current = null;
    },
  };
  current = deletions;
}
