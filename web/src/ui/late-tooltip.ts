import { latePart } from './late-part';

/** Nobody points at anything in the first moment. */
export const BaseTooltip = latePart(() => import('./BaseTooltip.vue'));
