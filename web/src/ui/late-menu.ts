import { latePart } from './late-part';

/** Comes with the first menu that is opened. */
export const BaseMenu = latePart(() => import('./BaseMenu.vue'));
