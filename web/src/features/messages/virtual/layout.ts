import type { HeightIndex, SizedRow } from './height-index';
import type { Range } from './scroll-model';

export interface Layout {
  slices: readonly Range[];
  before: number;
  /** Between two slices, above the row with this key. */
  gap: { key: string; height: number } | null;
  after: number;
}

/** More rows than these are let go, whatever holds them. */
const MOST_KEPT = 1_000;

/** What is rendered, in order: the rows near the screen, and apart from them those that are kept, unless they meet. */
export function slicesOf(visible: Range, kept: Range | null): readonly Range[] {
  if (kept === null || kept.end - kept.start > MOST_KEPT) {
    return [visible];
  }
  if (kept.start <= visible.end && visible.start <= kept.end) {
    const start = Math.min(kept.start, visible.start);
    return [{ start, end: Math.max(kept.end, visible.end) }];
  }
  return kept.start < visible.start ? [kept, visible] : [visible, kept];
}

/** The room that is left for the rows which are not rendered. */
export function layoutOf<R extends SizedRow>(
  heights: HeightIndex<R>,
  slices: readonly Range[],
): Layout {
  const [first, second] = slices;
  const start = second?.start ?? 0;
  const key = second && heights.keyAt(start);
  return {
    slices,
    before: heights.offsetOf(first?.start ?? 0),
    gap:
      key === undefined
        ? null
        : { key, height: heights.offsetOf(start) - heights.offsetOf(first?.end ?? 0) },
    after: heights.total - heights.offsetOf((second ?? first)?.end ?? 0),
  };
}
