import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { readStored, writeStored } from '@/storage/local';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'chinwag.theme';

/** Dark, light, or as the system has it. */
export const useTheme = defineStore('theme', () => {
  const stored = readStored<Theme>(KEY);
  const theme = ref<Theme>(stored !== undefined && THEMES.includes(stored) ? stored : 'system');

  watch(
    theme,
    (next) => {
      writeStored(KEY, next === 'system' ? undefined : next);
      show(next);
    },
    { immediate: true },
  );

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
