import type { AuditEntry } from '@/api/admin';
import { enModeration } from '@/locales/en.moderation';
import { isolate } from '@/locales/isolate';
import { t } from '@/locales/late';

type KnownAction = keyof typeof enModeration.admin.actions;

function isKnown(action: string): action is KnownAction {
  return Object.hasOwn(enModeration.admin.actions, action);
}

/** What was done, as a sentence. A newer server may tell of something that this client has no words for. */
export function actionText({ action, actor, user }: AuditEntry): string {
  const by = isolate(actor.name);
  return isKnown(action)
    ? t(`admin.actions.${action}`, by, isolate(user?.name ?? t('admin.somebody')))
    : `${by}: ${action}`;
}
