import { unreadText } from '@/features/rooms/unread-text';
import { t } from '@/locales';

/** "(3) #general – Chinwag" */
export function documentTitle(slug: string | null, unread: number): string {
  const title = slug === null ? t('app.name') : t('app.roomTitle', slug);
  return unread === 0 ? title : t('app.titleWithUnread', unreadText(unread), title);
}
