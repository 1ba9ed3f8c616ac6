/** The focus in a row of things of which one alone is a stop of Tab. */
export type Move = 'next' | 'previous' | 'first' | 'last';

/** What a key means in a row that lies so; `undefined` when it is not for moving. */
export function moveOf(
  key: string,
  axis: 'vertical' | 'horizontal',
  rightToLeft = false,
): Move | undefined {
  switch (key) {
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case axis === 'vertical' ? 'ArrowDown' : rightToLeft ? 'ArrowLeft' : 'ArrowRight':
      return 'next';
    case axis === 'vertical' ? 'ArrowUp' : rightToLeft ? 'ArrowRight' : 'ArrowLeft':
      return 'previous';
    default:
      return undefined;
  }
}

/** Where a move leads among `count` things, around the ends; -1 stands for none of them. */
export function moved(move: Move, current: number, count: number): number {
  switch (move) {
    case 'next':
      return count === 0 ? -1 : (current + 1) % count;
    case 'previous':
      return current <= 0 ? count - 1 : current - 1;
    case 'first':
      return count === 0 ? -1 : 0;
    case 'last':
      return count - 1;
  }
}
