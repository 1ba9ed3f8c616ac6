import { useMessages } from '@/features/messages';
import { mayEdit, useChanging } from '@/features/messages/changing';
import type { WritingPlace } from '@/features/messages/outbox/store';

/** Begins to edit the last message that one wrote here. Answers whether there is one. */
export function useEditLast({ room, thread }: WritingPlace): () => boolean {
  const messages = useMessages();
  const changing = useChanging();

  return () => {
    const rows = thread === null ? messages.rows(room) : [];
    const last = rows.filter((row) => row.kind === 'message' && mayEdit(row)).at(-1);
    if (last?.kind !== 'message') {
      return false;
    }
    changing.begin(room, last, 'edit');
    return true;
  };
}
