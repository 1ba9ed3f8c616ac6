import type { Component } from 'vue';
import { MemberPanel, useMembers } from '@/features/members';
import { t } from '@/locales';

/** Where a pane stands, and what of. */
export interface PanePlace {
  room: number;
  /** Which one of its kind, as in `thread/12`. */
  argument?: string;
}

export interface Pane {
  /** Takes the `PanePlace` as its props; `defineAsyncComponent` for what the first view does not show. */
  component: Component;
  heading: (place: PanePlace) => string;
  /** A number beside the heading, once it is known. */
  count?: (place: PanePlace) => number | undefined;
  /** Open in every room, and at the next visit, until somebody closes it; not where it would cover the conversation. */
  lasting?: boolean;
}

/** What can stand at the right of a conversation, by the name that it has in the address. */
export const PANES = {
  people: {
    component: MemberPanel,
    heading: () => t('members.label'),
    count: ({ room }) => useMembers().roster(room)?.memberCount,
    lasting: true,
  },
} satisfies Readonly<Record<string, Pane>>;

export type PaneName = keyof typeof PANES;
