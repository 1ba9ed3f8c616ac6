import { latePart } from '@/ui/late-part';

/** For the first view, which seldom needs it. */
export const StateNotice = latePart(() => import('./StateNotice.vue'));
