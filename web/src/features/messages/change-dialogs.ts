import { lateDialog } from '@/ui/late-dialog';

/** The dialogs in which messages are changed, reacted to and reported. */
export const EditMessageDialog = lateDialog(() => import('./EditMessageDialog.vue'));
export const ReportMessageDialog = lateDialog(() => import('./ReportMessageDialog.vue'));
export const ReactionPickerDialog = lateDialog(
  () => import('./reactions/ReactionPickerDialog.vue'),
);
export const ReactionPeopleDialog = lateDialog(
  () => import('./reactions/ReactionPeopleDialog.vue'),
);
export const RemindDialog = lateDialog(() => import('@/features/later/RemindDialog.vue'));
export const ForwardDialog = lateDialog(() => import('@/features/forward/ForwardDialog.vue'));
