import { latePart } from '@/ui/late-part';

/** Nothing of these is seen before somebody points at a message, changes one, types a command or looks for what is not there. */
export const MessageToolbar = latePart(() => import('./MessageToolbar.vue'));
export const SwipeReply = latePart(() => import('./SwipeReply.vue'));
export const MessageChanges = latePart(() => import('./MessageChanges.vue'));
export const BlockedMessage = latePart(() => import('@/features/blocks/BlockedMessage.vue'));
export const HintLine = latePart(() => import('./HintLine.vue'));
export const ThreadNewsLine = latePart(() => import('./threads/ThreadNewsLine.vue'));
export const AbsenceNotice = latePart(() => import('./AbsenceNotice.vue'));
export const LinkedMessage = latePart(() => import('@/features/forward/LinkedMessage.vue'));
export const NotSent = latePart(() => import('./NotSent.vue'));
