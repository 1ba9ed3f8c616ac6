import { computed, onScopeDispose, type Ref, ref } from 'vue';
import { usePageVisible } from '@/features/messages/use-page-visible';
import { away } from './away';

/** Whether somebody looks at the page, as far as it can tell: it is in sight, has the keyboard, and its person is not away. */
export function useAttention(): Readonly<Ref<boolean>> {
  const visible = usePageVisible();
  const focused = ref(document.hasFocus());
  const look = () => {
    focused.value = document.hasFocus();
  };
  const listening = new AbortController();
  for (const change of ['focus', 'blur']) {
    window.addEventListener(change, look, { signal: listening.signal });
  }
  onScopeDispose(() => listening.abort());
  return computed(() => visible.value && focused.value && !away.value);
}
