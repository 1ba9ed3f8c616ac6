import { choice } from '@/storage/settings';

export const LAYOUTS = ['bubbles', 'compact'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** How messages are laid out: own ones at the other side, or everybody's in flat rows below each other. */
export const layout = choice('chinwag.layout', LAYOUTS, 'bubbles');
