import { unreadText } from '@/features/rooms/unread-text';
import { t } from '@/locales';

/** "(3) #general – Chinwag" */
export function documentTitle(label: string | null, unread: number): string {
  const title = label === null ? t('app.name') : t('app.roomTitle', label);
  return unread === 0 ? title : t('app.titleWithUnread', unreadText(unread), title);
}
