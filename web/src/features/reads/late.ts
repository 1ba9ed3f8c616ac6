import { latePart } from '@/ui/late-part';

/** Stands under the conversation, where others have read what one wrote last. */
export const SeenLine = latePart(() => import('./SeenLine.vue'));
