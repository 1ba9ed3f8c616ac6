import { onScopeDispose, type Ref } from 'vue';
import { type Align, type Box, place, type Side } from './place';

/** A place of the pointer, in CSS pixels of the viewport. */
export interface Point {
  x: number;
  y: number;
}

export type Anchor = Element | Point;

interface Anchoring {
  side: Side;
  align: Align;
}

/** Between an element and what stands at it, in CSS pixels. */
const GAP = 6;

/** Keeps what is shown in the top layer at its anchor, while that moves and while either changes its size. */
export function useAnchored(floating: Readonly<Ref<HTMLElement | null>>) {
  let stopFollowing = (): void => undefined;

  function follow(anchor: Anchor, anchoring: Anchoring): void {
    stopFollowing();
    const update = () => floating.value && putAt(floating.value, anchor, anchoring);
    update();
    const sizes = new ResizeObserver(update);
    for (const element of [floating.value, anchor]) {
      if (element instanceof Element) {
        sizes.observe(element);
      }
    }
    window.addEventListener('resize', update);
    // Scrolling does not bubble; whatever scrolls on the page may carry the anchor along.
    window.addEventListener('scroll', update, { capture: true, passive: true });
    stopFollowing = () => {
      sizes.disconnect();
      window.removeEventListener('resize', update);
      window.removeEventListener('scroll', update, { capture: true });
    };
  }

  onScopeDispose(() => stopFollowing());
  return { follow, unfollow: () => stopFollowing() };
}

function putAt(floating: HTMLElement, anchor: Anchor, { side, align }: Anchoring): void {
  const { documentElement: root } = document;
  const { left, top, maxHeight } = place({
    anchor: boxOf(anchor),
    // With what its present bound hides, or it could only shrink.
    size: { width: floating.offsetWidth, height: floating.scrollHeight + borders(floating) },
    viewport: { width: root.clientWidth, height: window.innerHeight },
    side,
    align,
    rightToLeft: getComputedStyle(floating).direction === 'rtl',
    gap: anchor instanceof Element ? GAP : 0,
  });
  floating.style.left = `${left}px`;
  floating.style.top = `${top}px`;
  floating.style.maxHeight = `${maxHeight}px`;
}

function borders({ offsetHeight, clientHeight }: HTMLElement): number {
  return offsetHeight - clientHeight;
}

function boxOf(anchor: Anchor): Box {
  return anchor instanceof Element
    ? anchor.getBoundingClientRect()
    : { left: anchor.x, top: anchor.y, width: 0, height: 0 };
}
