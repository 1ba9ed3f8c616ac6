import { latePart } from '@/ui/late-part';

/** Made once, not with each room: what is made in a component is made anew with it. */
export const RoomMenu = latePart(() => import('./RoomMenu.vue'));
export const JoinPrompt = latePart(() => import('./JoinPrompt.vue'));
export const NoRoom = latePart(() => import('./NoRoom.vue'));
export const UnreadPills = latePart(() => import('./UnreadPills.vue'));
export const RestraintNote = latePart(() => import('./RestraintNote.vue'));
