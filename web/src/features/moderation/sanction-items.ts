import { t } from '@/locales/late';
import type { MenuItem } from '@/ui/menu/items';
import type { SanctionKind } from './sanction';

/** What can be done about somebody who stands below oneself in a room. */
export function sanctionItems(
  select: (how: SanctionKind) => void,
  kinds: readonly SanctionKind[] = ['mute', 'purge', 'remove', 'ban'],
): MenuItem[] {
  return kinds.map((how) => ({
    label: t(`moderation.${how}Item`),
    danger: how !== 'mute',
    select: () => select(how),
  }));
}
