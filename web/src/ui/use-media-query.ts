import { onScopeDispose, type Ref, ref } from 'vue';

// In em, as the panes are in rem: whoever has larger letters has less room beside them.

/** Below this one pane fills the window. */
export const NARROW = '(width < 45em)';
/** Below this there is no room for the people beside the conversation. */
export const COMPACT = '(width < 64em)';

/** From this on there is room for the people beside a conversation without being asked. */
export const SPACIOUS = '(width >= 90em)';

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
