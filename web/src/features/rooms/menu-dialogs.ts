import { lateDialog } from '@/ui/late-dialog';

/** What the menu of a room opens. */
export const RoomSettingsDialog = lateDialog(() => import('./RoomSettingsDialog.vue'));
export const RoomPeopleDialog = lateDialog(() => import('./RoomPeopleDialog.vue'));
export const InviteDialog = lateDialog(() => import('@/features/invites/InviteDialog.vue'));
export const LeaveRoomDialog = lateDialog(() => import('./LeaveRoomDialog.vue'));
export const RoomNotificationsDialog = lateDialog(
  () => import('@/features/notifications/RoomNotificationsDialog.vue'),
);
