import { latePart } from '@/ui/late-part';

/** Most messages have no files, and the first view does without what shows them. */
export const MessageFiles = latePart(() => import('./MessageFiles.vue'));
export const PictureViewer = latePart(() => import('./PictureViewer.vue'));
export const AttachButton = latePart(() => import('./AttachButton.vue'));
export const FileTray = latePart(() => import('./FileTray.vue'));
