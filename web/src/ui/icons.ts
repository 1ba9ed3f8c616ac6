import { shallowRef } from 'vue';
import type { LATE_ICONS } from './late-icons';
import { loadLater } from './late-loads';

/** Stroke paths on a grid of 24, drawn for this client. */
export const ICONS = {
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4',
  bellOff: 'M8 6.5A6 6 0 0 1 18 11v5l1.5 2h-12M6 11v5l-1.5 2M10 20.5h4M4 4l16 16',
  close: 'M6 6l12 12M18 6L6 18',
  compass: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z',
  dots: 'M5 11.5v1M12 11.5v1M19 11.5v1M4.5 12h1M11.5 12h1M18.5 12h1',
  enter: 'M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l4 4-4 4M14 12H4',
  hash: 'M5 9h15M4 15h15M10 4L8 20M16 4l-2 16',
  leave: 'M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M9 12h10',
  lock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  message: 'M4 5h16v11h-8l-5 4v-4H4z',
  more: 'M8 9.5l4-4 4 4M8 14.5l4 4 4-4',
  pencil: 'M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 3L8.5 19z',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .8 3.2 2.5 3.5 5.2',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5',
  plus: 'M12 5v14M5 12h14',
  reply: 'M9.5 5L4 10.5 9.5 16M4 10.5h9c4.5 0 7 2.6 7 8',
  search: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM14.5 14.5L20 20',
  shield: 'M12 3l8 3v5.5c0 4.6-3.2 7.9-8 9.5-4.8-1.6-8-4.9-8-9.5V6z',
  smile:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c.9 1.3 2.1 2 3.5 2s2.6-.7 3.5-2M9 9.5v.5M15 9.5v.5',
} as const;

export type IconName = keyof typeof ICONS | keyof typeof LATE_ICONS;

const late = shallowRef<Partial<Record<string, string>>>({});
let coming: Promise<void> | undefined;

/** Brings what the first view does without, once; after a failure the next call tries again. */
function loadLate(): Promise<void> {
  coming ??= import('./late-icons')
    .then(({ LATE_ICONS }) => {
      late.value = LATE_ICONS;
    })
    .catch(() => {
      coming = undefined;
    });
  return coming;
}
loadLater(loadLate);

/** The path of an icon; of one that comes later nothing until it is there. */
export function pathOf(name: IconName): string | undefined {
  const path = (ICONS as Partial<Record<string, string>>)[name] ?? late.value[name];
  if (path === undefined) {
    void loadLate();
  }
  return path;
}
