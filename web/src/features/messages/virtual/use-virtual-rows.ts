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
import { type Range, type RowTraits, ScrollModel, type TopOfRow } from './scroll-model';

interface VirtualRowsOptions<R extends SizedRow> extends RowTraits<R> {
  /** The element that scrolls. */
  viewport: Readonly<Ref<HTMLElement | null>>;
  /** Its only child, whose children are exactly the rendered rows, each with its key as `data-row`. */
  content: Readonly<Ref<HTMLElement | null>>;
  rows: MaybeRefOrGetter<readonly R[]>;
  canFollow: MaybeRefOrGetter<boolean>;
}

interface Layout extends Range {
  before: number;
  after: number;
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
  const layout = shallowRef<Layout>({ start: 0, end: 0, before: 0, after: 0 });
  const place = shallowRef<Place<R>>({
    rows: [],
    following: false,
    distanceToStart: 0,
    distanceToEnd: 0,
  });
  const visibleRows = computed(() =>
    toValue(options.rows).slice(layout.value.start, layout.value.end),
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
    let index = layout.value.start;
    for (const child of content.value?.children ?? []) {
      const height = child.getBoundingClientRect().height;
      // A hidden list has no heights to tell, and what is not rendered yet has none either.
      if (height > 0 && child.getAttribute('data-row') === model.heights.keyAt(index)) {
        model.heights.measure(index, height);
      }
      index += 1;
    }
  }

  /** Tells whether something else is to be rendered; `settle` is called again after that. */
  function updateLayout(): boolean {
    const { start, end } = model.range;
    const before = model.heights.offsetOf(start);
    const after = model.heights.total - model.heights.offsetOf(end);
    const old = layout.value;
    if (old.start === start && old.end === end && old.before === before && old.after === after) {
      return false;
    }
    layout.value = { start, end, before, after };
    return true;
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
    settle();
  }

  function scrollToEnd(): void {
    model.scrollToEnd();
    hold();
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
    topOf: (key: string) => model.topOf(key),
  };
}
