import { problems } from '@/features/problems/problems';
import { shortcuts } from '@/features/shortcuts';
import { t } from '@/locales/late';
import { useOutbox } from './outbox/store';

/** For how long a deletion can be taken back. */
const UNDO_MS = 5_000;

/** Deletes a message: an own one, or somebody else's where one keeps order. It is gone at once, and comes back with one press. */
export function deleteMessage(room: number, target: number): void {
  const outbox = useOutbox();
  const clientId = outbox.change(room, { kind: 'delete', target }, '', UNDO_MS);
  const undo = () => {
    end();
    void outbox.remove(clientId);
  };
  const toast = problems.show({
    text: t('messages.deletedNow'),
    action: { label: t('messages.undo'), run: undo },
  });
  const unbind = shortcuts.bind('undoDeletion', undo);
  const timer = setTimeout(end, UNDO_MS);

  function end(): void {
    clearTimeout(timer);
    problems.dismiss(toast);
    unbind();
  }
}
