import type { Attachment } from '@/api/generated/protocol';
import { t } from '@/locales/late';

/** Where a file is read, below the path of the page's `base`. The browser says who asks by a cookie. */
export function addressOf({ id, name }: Attachment, size?: 'preview' | 'thumb'): string {
  return `files/${id}/${encodeURIComponent(name)}${size === undefined ? '' : `?v=${size}`}`;
}

/** "812 bytes", "81 kB", "1.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) {
    return t('files.bytes', bytes);
  }
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
