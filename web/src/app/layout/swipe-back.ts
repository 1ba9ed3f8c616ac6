/** How far a finger moves before it is clear where it goes, in CSS pixels. */
const CLEAR = 14;
/** How far it has to go for the way back. */
const FAR = 96;
/** Under which `overflow-x` a part scrolls by itself. */
const SCROLLS = new Set(['auto', 'scroll']);

interface Start {
  x: number;
  y: number;
}

/**
 * Takes a finger that moves along the line of reading for the way back, as the edge of a phone does it. What stands above the pane, what
 * scrolls sideways, and a text that is being selected keep their own, and nothing moves while there is no way back. Answers how it ends.
 */
export function followSwipes(
  pane: HTMLElement,
  hasWayBack: () => boolean,
  back: () => unknown,
): () => void {
  const listening = new AbortController();
  const options = { passive: true, signal: listening.signal } as const;
  let start: Start | null = null;
  let moving = false;

  /** How far the finger has gone along the line. */
  function along({ clientX }: Touch): number {
    const towards = getComputedStyle(pane).direction === 'rtl' ? -1 : 1;
    return start === null ? 0 : (clientX - start.x) * towards;
  }

  function onStart({ touches, target }: TouchEvent): void {
    const [touch, another] = touches;
    const isOne = touch !== undefined && another === undefined;
    start =
      isOne && hasWayBack() && mayMove(target as Element, pane)
        ? { x: touch.clientX, y: touch.clientY }
        : null;
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
      pane.style.translate = way > 0 ? `${touch.clientX - from.x}px 0` : '';
    }
  }

  function onEnd({ changedTouches }: TouchEvent): void {
    const [touch] = changedTouches;
    const isFar = moving && hasWayBack() && touch !== undefined && along(touch) > FAR;
    rest();
    if (isFar) {
      back();
    }
  }

  function rest(): void {
    start = null;
    moving = false;
    pane.style.removeProperty('translate');
  }

  pane.addEventListener('touchstart', onStart, options);
  pane.addEventListener('touchmove', onMove, options);
  pane.addEventListener('touchend', onEnd, options);
  pane.addEventListener('touchcancel', rest, options);
  return () => {
    listening.abort();
    rest();
  };
}

function mayMove(target: Element, pane: HTMLElement): boolean {
  if (target.closest('dialog, [popover], audio, video, input[type=range]') !== null) {
    return false;
  }
  if (getSelection()?.isCollapsed === false || isSelectedIn(document.activeElement)) {
    return false;
  }
  for (
    let part: Element | null = target;
    part !== null && part !== pane;
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
