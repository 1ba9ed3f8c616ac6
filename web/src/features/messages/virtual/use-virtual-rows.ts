import {
  computed,
  type MaybeRefOrGetter,
  onMounted,
  onScopeDispose,
  type Ref,
  shallowRef,
  toValue,
  watch,
} from 'vue';
import type { SizedRow } from './height-index';
import { type Layout, layoutOf, slicesOf } from './layout';
import { type Range, type RowTraits, ScrollModel, type TopOfRow } from './scroll-model';

interface VirtualRowsOptions<R extends SizedRow> extends RowTraits<R> {
  /** The element that scrolls. */
  viewport: Readonly<Ref<HTMLElement | null>>;
  /** Its only child, whose children are exactly the rendered rows, each with its key as `data-row`. */
  content: Readonly<Ref<HTMLElement | null>>;
  rows: MaybeRefOrGetter<readonly R[]>;
  canFollow: MaybeRefOrGetter<boolean>;
  kept: MaybeRefOrGetter<KeptRows | null>;
}

/** Rows that stay rendered wherever the list is, by the keys of the first and the last. */
export interface KeptRows {
  first: string;
  last: string;
}

/** What follows from the place of the list; kept apart from the layout, which is the cause of rendering. */
export interface Place<R> {
  /** The rows of which this is true; others may be on their way to the screen. */
  rows: readonly R[];
  following: boolean;
  distanceToStart: number;
  distanceToEnd: number;
}

/** For how long a list goes on moving by itself after a key or a flick of the finger. */
const COASTING_MS = 400;
/** What a reader does when he wants to be somewhere else. */
const WISHES = ['keydown', 'pointerdown', 'touchstart', 'touchmove', 'wheel'];

/** Binds a `ScrollModel` to the DOM: renders what is near, measures what was rendered, and moves to where the model says. */
export function useVirtualRows<R extends SizedRow>(options: VirtualRowsOptions<R>) {
  const { viewport, content } = options;
  const model = new ScrollModel<R>(options);
  const layout = shallowRef<Layout>({ slices: [], before: 0, gap: null, after: 0 });
  const place = shallowRef<Place<R>>({
    rows: [],
    following: false,
    distanceToStart: 0,
    distanceToEnd: 0,
  });
  const visibleRows = computed(() =>
    layout.value.slices.flatMap(({ start, end }) => toValue(options.rows).slice(start, end)),
  );
  /** Where this code has put the viewport: a scroll event that tells the same place is not the reader's doing. */
  let applied = 0;
  /** Until then the list stays where it was taken, even if the browser has not finished an earlier movement. */
  let heldUntil = 0;
  /** Until then the browser may still be moving the list to where the reader wants to be. */
  let coastingUntil = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** The rows that the model knows of. */
  let modelled: readonly R[] = [];
  let width = 0;

  function readViewport(): boolean {
    const element = viewport.value;
    if (element === null) {
      return false;
    }
    const resized = model.setViewport(element.clientHeight);
    const reflowed = element.clientWidth !== width;
    if (reflowed) {
      width = element.clientWidth;
      model.heights.forgetMeasured();
    }
    if (resized || reflowed) {
      coastingUntil = 0;
    }
    return resized || reflowed;
  }

  function measureRendered(): void {
    const children = content.value?.children ?? [];
    let place = 0;
    for (const { start, end } of layout.value.slices) {
      for (let index = start; index < end; index += 1) {
        const child = children[place];
        const height = child?.getBoundingClientRect().height ?? 0;
        // A hidden list has no heights to tell, and what is not rendered yet has none either.
        if (height > 0 && child?.getAttribute('data-row') === model.heights.keyAt(index)) {
          model.heights.measure(index, height);
        }
        place += 1;
      }
    }
  }

  /** Tells whether something else is to be rendered; `settle` is called again after that. */
  function updateLayout(): boolean {
    const next = layoutOf(model.heights, slicesOf(model.range, keptRange()));
    if (JSON.stringify(layout.value) === JSON.stringify(next)) {
      return false;
    }
    layout.value = next;
    return true;
  }

  function keptRange(): Range | null {
    const kept = toValue(options.kept);
    const start = kept === null ? -1 : model.heights.indexOf(kept.first);
    const end = kept === null ? 0 : model.heights.indexOf(kept.last) + 1;
    return start >= 0 && end > start ? { start, end } : null;
  }

  function updatePlace(): void {
    place.value = {
      rows: modelled,
      following: model.following,
      distanceToStart: model.scrollTop,
      distanceToEnd: model.distanceToEnd,
    };
  }

  function settle(): void {
    const element = viewport.value;
    if (element === null) {
      return;
    }
    measureRendered();
    if (updateLayout()) {
      return;
    }
    // To set the place would end the browser's movement, so it is left alone while it is the reader's and nothing else moves the list.
    const isReaders = isCoasting() && Math.abs(model.scrollTop - applied) < 0.5;
    if (!isReaders) {
      if (Math.abs(element.scrollTop - model.scrollTop) >= 0.5) {
        element.scrollTop = model.scrollTop;
      }
      applied = element.scrollTop;
    }
    updatePlace();
  }

  function isCoasting(): boolean {
    return performance.now() < coastingUntil;
  }

  function rest(): void {
    model.scrolledTo(model.scrollTop);
    updatePlace();
  }

  function onScroll(): void {
    const element = viewport.value;
    if (element === null) {
      return;
    }
    // The browser moves a list that does not fit any more; that is a consequence of the new size, not a reader's wish.
    if (readViewport()) {
      settle();
      return;
    }
    if (Math.abs(element.scrollTop - applied) < 1) {
      return;
    }
    if (performance.now() < heldUntil) {
      settle();
      return;
    }
    const isUpwards = element.scrollTop < applied;
    applied = element.scrollTop;
    clearTimeout(resting);
    if (isUpwards && isCoasting()) {
      model.leaveBy(applied);
      resting = setTimeout(rest, COASTING_MS);
    } else {
      model.scrolledTo(applied);
    }
    updateLayout();
    updatePlace();
  }

  watch(
    [() => toValue(options.rows), () => toValue(options.canFollow)] as const,
    ([rows, canFollow]) => {
      // The reader may have scrolled a moment ago, with the event still to come: his new place is the one to keep.
      onScroll();
      modelled = rows;
      model.setRows(rows);
      model.setCanFollow(canFollow);
      updateLayout();
    },
    { immediate: true },
  );
  watch(() => toValue(options.kept), updateLayout);
  watch([layout, visibleRows], settle, { flush: 'post' });

  const observer = new ResizeObserver(() => {
    readViewport();
    settle();
  });
  onMounted(() => {
    readViewport();
    settle();
    if (viewport.value !== null && content.value !== null) {
      observer.observe(viewport.value);
      // Its height is the sum of its rows: one observer sees each of them grow.
      observer.observe(content.value);
    }
  });
  const listening = new AbortController();
  for (const wish of WISHES) {
    window.addEventListener(
      wish,
      ({ target }) => {
        heldUntil = 0;
        if (target instanceof Node && viewport.value?.contains(target)) {
          coastingUntil = performance.now() + COASTING_MS;
        }
      },
      { capture: true, passive: true, signal: listening.signal },
    );
  }
  onScopeDispose(() => {
    observer.disconnect();
    clearTimeout(resting);
    listening.abort();
  });

  function hold(): void {
    clearTimeout(resting);
    heldUntil = performance.now() + COASTING_MS;
    coastingUntil = 0;
    // Before the rows are there: whoever leaves the end is not at it any more.
    updatePlace();
    settle();
  }

  function scrollToEnd(): void {
    model.scrollToEnd();
    hold();
  }

  /** How far below the top of the viewport a row begins that is rendered. A list that is not full stands at the bottom. */
  function topOf(key: string): number {
    const row = [...(content.value?.children ?? [])].find(
      (child) => child.getAttribute('data-row') === key,
    );
    const top = viewport.value?.getBoundingClientRect().top ?? 0;
    return (row?.getBoundingClientRect().top ?? top) - top;
  }

  /** Tells whether the row is loaded. */
  function scrollToKey(key: string, top?: TopOfRow): boolean {
    const found = model.scrollToKey(key, top);
    if (found) {
      hold();
    }
    return found;
  }

  return {
    layout,
    place,
    visibleRows,
    onScroll,
    scrollToEnd,
    scrollToKey,
    rowsInPlace: () => model.rowsInPlace,
    rowsSeen: () => model.rowsSeen,
    topOf,
  };
}
