import { lateDialog } from '@/ui/late-dialog';
import { latePart } from '@/ui/late-part';

/** Not everybody answers, and few pick an emoji before they have seen what was said. */
export const ReplyBar = latePart(() => import('./ReplyBar.vue'));
export const EmojiPicker = latePart(() => import('@/features/emoji/EmojiPicker.vue'));
export const SendLater = latePart(() => import('@/features/later/SendLater.vue'));

/** Most messages call nobody, or one person. */
export const CrowdDialog = lateDialog(() => import('./CrowdDialog.vue'));
