import { computed, type Ref, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { readStored, writeStored } from '@/storage/local';
import { SPACIOUS } from '@/ui/use-media-query';
import { CLOSED, type PaneAddress, readPane, withoutPane, writePane } from './address';
import { PANES, type PaneName } from './panes';

const KEY = 'chinwag.pane';
const NONE = 'none';

/**
 * Which pane stands at the right of the conversation. The address says it, so that a step back closes what was opened.
 * An address that names none leaves it to this browser, which remembers what stood there in a window with room for it;
 * so an ordinary link to a room stays a short one.
 */
export function useRightPane(compact: Readonly<Ref<boolean>>) {
  const route = useRoute();
  const router = useRouter();
  const lasting = ref(readLasting());
  const addressed = computed(() => readPane(route.query.pane));
  const pane = computed<PaneAddress | null>(() => {
    if (addressed.value !== null || compact.value || lasting.value === null) {
      return addressed.value;
    }
    return { name: lasting.value };
  });

  function remember(name: PaneName | null): void {
    lasting.value = name;
    writeStored(KEY, name ?? NONE);
  }

  function open(address: PaneAddress): void {
    if (!compact.value && PANES[address.name].lasting) {
      remember(address.name);
    }
    void router.push({ query: { ...route.query, pane: writePane(address) } });
  }

  function close(): void {
    if (!compact.value && pane.value !== null && PANES[pane.value.name].lasting) {
      remember(null);
    }
    if (addressed.value === null) {
      return;
    }
    const { fullPath } = router.resolve({ query: withoutPane(route) });
    if (router.options.history.state.back === fullPath) {
      router.back();
    } else {
      closeHere();
    }
  }

  function closeHere(): void {
    void router.replace({ query: { ...route.query, pane: CLOSED } });
  }

  function toggle(name: PaneName): void {
    if (pane.value?.name === name) {
      close();
    } else {
      open({ name });
    }
  }

  // A step back from a pane closes it, and what is closed stays closed.
  watch(
    () => ({ path: route.path, name: addressed.value?.name }),
    (now, before) => {
      const closed = now.path === before.path && now.name === undefined;
      if (closed && before.name !== undefined && !compact.value && PANES[before.name].lasting) {
        remember(null);
      }
    },
  );

  // What stood beside the conversation does not cover it because the window became narrow.
  watch(compact, (now) => {
    if (now && addressed.value !== null && PANES[addressed.value.name].lasting) {
      closeHere();
    }
  });

  return { pane, open, close, toggle };
}

function readLasting(): PaneName | null {
  const stored = readStored<string>(KEY);
  const usual = matchMedia(SPACIOUS).matches ? 'people' : null;
  return stored === NONE ? null : (readPane(stored)?.name ?? usual);
}
