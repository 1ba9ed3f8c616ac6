import { followSwipes } from '@/ui/swipe';

/** How far a finger has to go for the way back, in CSS pixels. */
const FAR = 96;

/** Takes a finger that moves along the line of reading for the way back, as the edge of a phone does it. Answers how it ends. */
export function followWayBack(
  pane: HTMLElement,
  hasWayBack: () => boolean,
  back: () => unknown,
): () => void {
  return followSwipes(pane, {
    way: 1,
    far: FAR,
    begins: hasWayBack,
    moves: (x) => {
      pane.style.translate = x === 0 ? '' : `${x}px 0`;
    },
    done: () => hasWayBack() && back(),
  });
}
