/** How far a finger moves before it is clear where it goes, in CSS pixels. */
const CLEAR = 14;
/** Under which `overflow-x` a part scrolls by itself. */
const SCROLLS = new Set(['auto', 'scroll']);

/** What a finger that moves sideways does. */
export interface Swipe {
  /** Along the line of reading (1), or against it (-1). */
  way: 1 | -1;
  /** How far it has to go, in CSS pixels. */
  far: number;
  /** Whether it may begin where a finger came down. */
  begins: (target: Element) => boolean;
  /** The finger is so far to the right of where it came down, in CSS pixels; 0 when it has left or turned back. */
  moves: (x: number, isFar: boolean) => void;
  /** It was lifted far enough away. */
  done: () => unknown;
}

/**
 * Follows a finger that moves sideways within a part of the page. What stands above that, what scrolls sideways, and a text that is being
 * selected keep their own. Answers how it ends.
 */
export function followSwipes(area: HTMLElement, swipe: Swipe): () => void {
  const listening = new AbortController();
  let start: { x: number; y: number } | null = null;
  let moving = false;
  /** Ends listening to the finger that is down. */
  let lifted = new AbortController();

  /** How far the finger has gone along the way. */
  function along({ clientX }: Touch): number {
    const towards = getComputedStyle(area).direction === 'rtl' ? -1 : 1;
    return start === null ? 0 : (clientX - start.x) * towards * swipe.way;
  }

  function onStart({ touches, target }: TouchEvent): void {
    const [touch, another] = touches;
    const isOne = touch !== undefined && another === undefined;
    const mayBegin = isOne && mayMove(target as Element, area) && swipe.begins(target as Element);
    start = mayBegin ? { x: touch.clientX, y: touch.clientY } : null;
    if (mayBegin) {
      follow(target as Element);
    }
  }

  /** What is touched hears of the finger until that is lifted, and alone does so when it has left the page meanwhile. */
  function follow(target: Element): void {
    lifted.abort();
    lifted = new AbortController();
    const touched = target as HTMLElement;
    const options = { passive: true, signal: lifted.signal } as const;
    touched.addEventListener('touchmove', onMove, options);
    touched.addEventListener('touchend', onEnd, options);
    touched.addEventListener('touchcancel', rest, options);
  }

  function onMove({ touches }: TouchEvent): void {
    const [touch, another] = touches;
    if (start === null || touch === undefined || another !== undefined) {
      rest();
      return;
    }
    const from = start;
    const way = along(touch);
    const aside = Math.abs(touch.clientY - from.y);
    if (!moving && Math.max(Math.abs(way), aside) > CLEAR) {
      moving = way > 2 * aside;
      start = moving ? start : null;
    }
    if (moving) {
      swipe.moves(way > 0 ? touch.clientX - from.x : 0, way > swipe.far);
    }
  }

  function onEnd({ changedTouches }: TouchEvent): void {
    const [touch] = changedTouches;
    const isFar = moving && touch !== undefined && along(touch) > swipe.far;
    rest();
    if (isFar) {
      swipe.done();
    }
  }

  function rest(): void {
    start = null;
    if (moving) {
      moving = false;
      swipe.moves(0, false);
    }
  }

  area.addEventListener('touchstart', onStart, { passive: true, signal: listening.signal });
  return () => {
    listening.abort();
    lifted.abort();
    rest();
  };
}

function mayMove(target: Element, area: HTMLElement): boolean {
  if (target.closest('dialog, [popover], audio, video, input[type=range]') !== null) {
    return false;
  }
  if (getSelection()?.isCollapsed === false || isSelectedIn(document.activeElement)) {
    return false;
  }
  for (
    let part: Element | null = target;
    part !== null && part !== area;
    part = part.parentElement
  ) {
    if (part.scrollWidth > part.clientWidth && SCROLLS.has(getComputedStyle(part).overflowX)) {
      return false;
    }
  }
  return true;
}

/** What is selected within a field is no selection of the page. */
function isSelectedIn(field: Element | null): boolean {
  const hasText = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement;
  return hasText && field.selectionStart !== field.selectionEnd;
}
