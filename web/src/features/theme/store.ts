import { defineStore } from 'pinia';
import { watch } from 'vue';
import { choice } from '@/storage/settings';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Dark, light, or as the system has it. */
export const useTheme = defineStore('theme', () => {
  const theme = choice('chinwag.theme', THEMES, 'system');
  watch(theme, show, { immediate: true });

  return { theme };
});

function show(theme: Theme): void {
  const { documentElement: root } = document;
  if (theme === 'system') {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
  // The browser's own bars follow the page's colours, not only the system's.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = (theme === 'system' ? own : theme) === 'dark' ? '#0e1014' : '#f3f5f9';
  }
}
