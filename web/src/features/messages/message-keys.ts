import { useShortcut } from '@/features/shortcuts';
import { useMessageActions } from './message-actions';
import type { Row } from './rows';
import { isStored } from './stored-row';

/** The keys that do something with the message that has the focus. Where that is none, they mean something else. */
export function useMessageKeys(room: number, rows: () => readonly Row[]): void {
  for (const { shortcut, applies, run } of useMessageActions(room, 'room')) {
    if (shortcut !== undefined) {
      useShortcut(shortcut, ({ target }) => {
        const element = target instanceof Element ? target.closest('[data-row]') : null;
        const key = element?.getAttribute('data-row');
        const row = rows().find((each) => each.key === key);
        if (row?.kind !== 'message' || !isStored(row) || !applies(row)) {
          return false;
        }
        run(row);
      });
    }
  }
}
