import { problems } from '@/features/problems/problems';
import { isolate } from '@/locales/isolate';
import { t } from '@/locales/late';
import { NARROW } from '@/ui/use-media-query';
import type { Notice } from './desktop';

/** More than the first words is read in the room itself. */
const LONGEST = { wide: 120, narrow: 48 } as const;

/** By which id what is on show of a room can be taken away. */
const shown = new Map<number, number>();

/** Tells within the page of what came elsewhere. */
export function showInPage({ title, body, room, open }: Notice): void {
  closeInPage(room);
  const said = [...body.replace(/\s+/g, ' ')];
  const longest = LONGEST[matchMedia(NARROW).matches ? 'narrow' : 'wide'];
  const words = said.length > longest ? `${said.slice(0, longest).join('')}…` : said.join('');
  const text = t('notifications.inPage', isolate(title), isolate(words));
  const id = problems.show({ text, action: { label: t('notifications.show'), run: open } });
  shown.set(room, id);
}

/** Takes away what is shown of a room: it is read. */
export function closeInPage(room: number): void {
  const id = shown.get(room);
  if (id !== undefined) {
    problems.dismiss(id);
    shown.delete(room);
  }
}
