import type { Component } from 'vue';
import { useMembers } from '@/features/members';
import { t } from '@/locales';
import { latePart } from '@/ui/late-part';

/** Where a pane stands, and what of. */
export interface PanePlace {
  room: number;
  /** Which one of its kind, as in `thread/12`. */
  argument?: string;
}

export interface Pane {
  /** Takes the `PanePlace` as its props; `latePart` for what the first view does not show. */
  component: Component;
  heading: (place: PanePlace) => string;
  /** A number beside the heading, once it is known. */
  count?: (place: PanePlace) => number | undefined;
  /** Open in every room, and at the next visit, until somebody closes it; not where it would cover the conversation. */
  lasting?: boolean;
}

const panes = {
  people: {
    component: latePart(() => import('@/features/members/MemberPanel.vue')),
    heading: () => t('members.label'),
    count: ({ room }) => useMembers().roster(room)?.memberCount,
    lasting: true,
  },
  pins: {
    component: latePart(() => import('@/features/messages/pins/PinsPanel.vue')),
    heading: () => t('rooms.pins'),
  },
  files: {
    component: latePart(() => import('@/features/files/FilesPanel.vue')),
    heading: () => t('rooms.files'),
  },
  thread: {
    component: latePart(() => import('@/features/threads/ThreadPanel.vue')),
    heading: () => t('messages.thread'),
  },
  threads: {
    component: latePart(() => import('@/features/threads/ThreadsPanel.vue')),
    heading: () => t('messages.threads'),
  },
  saved: {
    component: latePart(() => import('@/features/messages/saved/SavedPanel.vue')),
    heading: () => t('rooms.saved'),
  },
  activity: {
    component: latePart(() => import('@/features/activity/ActivityPanel.vue')),
    heading: () => t('rooms.activity'),
  },
  drafts: {
    component: latePart(() => import('@/features/drafts/DraftsPanel.vue')),
    heading: () => t('rooms.drafts'),
  },
  scheduled: {
    component: latePart(() => import('@/features/later/ScheduledPanel.vue')),
    heading: () => t('rooms.scheduled'),
  },
  search: {
    component: latePart(() => import('@/features/search/SearchPanel.vue')),
    heading: () => t('messages.search'),
  },
} satisfies Readonly<Record<string, Pane>>;

export type PaneName = keyof typeof panes;

/** What can stand at the right of a conversation, by the name that it has in the address. */
export const PANES: Readonly<Record<PaneName, Pane>> = panes;
