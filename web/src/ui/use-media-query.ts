import { onScopeDispose, type Ref, ref } from 'vue';

/** Below this one pane fills the window. */
export const NARROW = '(width < 720px)';
/** Below this there is no room for the people beside the conversation. */
export const COMPACT = '(width < 1024px)';

export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query);
  const matches = ref(list.matches);
  const follow = () => {
    matches.value = list.matches;
  };
  list.addEventListener('change', follow);
  onScopeDispose(() => list.removeEventListener('change', follow));
  return matches;
}
