import { problems, tellProblem } from '@/features/problems/problems';
import { t } from '@/locales/late';
import type { MenuItem } from '@/ui/menu/items';
import type { MessageRow } from '../rows';
import { useSaved } from './store';

/** Keeps a message for later, or no longer. Nobody else sees it, so the person is told. */
export function saveItem(room: number, { seq }: MessageRow): MenuItem[] {
  if (seq === null) {
    return [];
  }
  const saved = useSaved();
  if (saved.list === undefined) {
    // Known by the next opening of a menu.
    saved.refresh().catch(() => undefined);
  }
  const isSaved = saved.has(room, seq);
  const label = t(isSaved ? 'messages.unsave' : 'messages.save');
  return [{ label, icon: 'bookmark', select: () => void toggle(room, seq, !isSaved) }];
}

async function toggle(room: number, seq: number, isSaved: boolean): Promise<void> {
  try {
    await useSaved().set(room, seq, isSaved);
    problems.show({ text: t(isSaved ? 'messages.savedNow' : 'messages.unsavedNow') });
  } catch (error) {
    tellProblem(error);
  }
}
