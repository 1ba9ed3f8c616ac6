import { ref, watch } from 'vue';
import { readStored, writeStored } from '@/storage/local';

export const LAYOUTS = ['bubbles', 'compact'] as const;
export type Layout = (typeof LAYOUTS)[number];

const KEY = 'chinwag.layout';
const stored = readStored<Layout>(KEY);

/** How messages are laid out: own ones at the other side, or everybody's in flat rows below each other. */
export const layout = ref<Layout>(
  stored !== undefined && LAYOUTS.includes(stored) ? stored : 'bubbles',
);

watch(layout, (next) => writeStored(KEY, next === 'bubbles' ? undefined : next));
