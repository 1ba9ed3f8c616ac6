import { HeightIndex, type SizedRow } from './height-index';

/** Within this distance of the end a reader is taken along with what is new. */
export const FOLLOW_DISTANCE_PX = 100;
const OVERSCAN_PX = 400;

/** What is held in place while rows come, go and turn out higher than thought. */
type Anchor =
  | { kind: 'end'; distance: number }
  | { kind: 'row'; key: string; top: TopOfRow }
  /** Visible rows with the distance of their lower edge from the top of the viewport; the first that is left holds. */
  | { kind: 'rows'; candidates: readonly { key: string; bottom: number }[] };

/** How far below the top of the viewport a row is to begin, in pixels, by its height and that of the viewport. */
export type TopOfRow = (height: number, viewport: number) => number;

const CENTER: TopOfRow = (height, viewport) => (viewport - height) / 2;

export interface RowTraits<R> {
  /** The height in pixels of a row that has not been on screen yet. */
  estimate: (row: R) => number;
  /** Whether a reader's place may hang on this row. Marks such as "older messages" stay where they are while pages come. */
  holdsPlace: (row: R) => boolean;
}

export interface Range {
  start: number;
  end: number;
}

/**
 * Where a virtual list stands, without a DOM. The anchor is taken when a person scrolls and is kept until he scrolls
 * again, so that roundings of the browser never add up.
 *
 * Rows are held by their lower edge: a message that loses its heading because an older page continues its group
 * shrinks at the top, while its text and all that follows stay where they are.
 */
export class ScrollModel<R extends SizedRow> {
  readonly heights: HeightIndex<R>;
  private anchor: Anchor = { kind: 'end', distance: 0 };
  private viewport = 0;
  private canFollow = true;
  private leaving = false;

  constructor(private readonly traits: RowTraits<R>) {
    this.heights = new HeightIndex(traits.estimate);
  }

  /** Whether new rows at the end are scrolled to. */
  get following(): boolean {
    return this.canFollow && !this.leaving && this.distanceToEnd <= FOLLOW_DISTANCE_PX;
  }

  get distanceToEnd(): number {
    return Math.max(this.maximum - this.scrollTop, 0);
  }

  get scrollTop(): number {
    return Math.min(Math.max(this.wanted(), 0), this.maximum);
  }

  /** The rows to render: those on screen and some beyond on either side. */
  get range(): Range {
    if (this.heights.count === 0) {
      return { start: 0, end: 0 };
    }
    const top = this.scrollTop;
    const start = this.heights.indexAt(top - OVERSCAN_PX);
    const end = this.heights.indexAt(top + this.viewport + OVERSCAN_PX) + 1;
    return { start, end };
  }

  /** Tells whether the height is news. */
  setViewport(height: number): boolean {
    const resized = height !== this.viewport;
    this.viewport = height;
    return resized;
  }

  /** A view that does not end with the newest message must not run along with the pages loaded below it. */
  setCanFollow(canFollow: boolean): void {
    this.canFollow = canFollow;
    if (!canFollow && this.anchor.kind === 'end') {
      this.scrolledTo(this.scrollTop);
    }
  }

  setRows(rows: readonly R[]): void {
    const { following, anchor } = this;
    if (anchor.kind === 'row' && !rows.some(({ key }) => key === anchor.key)) {
      // A mark that goes leaves the rows around it in their place.
      this.scrolledTo(this.scrollTop);
    }
    const lastKey = this.heights.keyAt(this.heights.count - 1);
    this.heights.setRows(rows);
    if (following && lastKey !== this.heights.keyAt(this.heights.count - 1)) {
      this.scrollToEnd();
    }
  }

  /** The reader is on the way up, and is not taken back to the end before `scrolledTo` says where he has come to rest. */
  leaveBy(scrollTop: number): void {
    this.leaving = true;
    this.anchor = { kind: 'rows', candidates: this.candidates(scrollTop) };
  }

  /** The reader has scrolled. */
  scrolledTo(scrollTop: number): void {
    this.leaving = false;
    const distance = Math.max(this.maximum - scrollTop, 0);
    this.anchor =
      this.canFollow && distance <= FOLLOW_DISTANCE_PX
        ? { kind: 'end', distance }
        : { kind: 'rows', candidates: this.candidates(scrollTop) };
  }

  scrollToEnd(): void {
    this.leaving = false;
    this.anchor = { kind: 'end', distance: 0 };
  }

  /** Puts a row there; tells whether it is loaded. */
  scrollToKey(key: string, top: TopOfRow = CENTER): boolean {
    const found = this.heights.indexOf(key) >= 0;
    if (found) {
      this.leaving = false;
      this.anchor = { kind: 'row', key, top };
    }
    return found;
  }

  /** The rows on screen that hold the place, from the top. */
  get rowsInPlace(): R[] {
    return this.candidates(this.scrollTop).flatMap(
      ({ key }) => this.heights.rowAt(this.heights.indexOf(key)) ?? [],
    );
  }

  /** Those of them that are on screen to their end. */
  get rowsSeen(): R[] {
    return this.candidates(this.scrollTop)
      .filter(({ bottom }) => bottom <= this.viewport + 1)
      .flatMap(({ key }) => this.heights.rowAt(this.heights.indexOf(key)) ?? []);
  }

  private get maximum(): number {
    return Math.max(this.heights.total - this.viewport, 0);
  }

  private wanted(): number {
    const { anchor, heights } = this;
    switch (anchor.kind) {
      case 'end':
        return this.maximum - anchor.distance;
      case 'row': {
        const index = heights.indexOf(anchor.key);
        return index < 0
          ? this.maximum
          : heights.offsetOf(index) - anchor.top(heights.heightOf(index), this.viewport);
      }
      case 'rows': {
        for (const { key, bottom } of anchor.candidates) {
          const index = heights.indexOf(key);
          if (index >= 0) {
            return heights.offsetOf(index + 1) - bottom;
          }
        }
        return this.maximum;
      }
    }
  }

  /** The rows on screen that can hold the place, or else the next one below. */
  private candidates(scrollTop: number): { key: string; bottom: number }[] {
    const { heights } = this;
    const end = heights.indexAt(scrollTop + this.viewport);
    const candidates: { key: string; bottom: number }[] = [];
    for (let index = heights.indexAt(scrollTop); index < heights.count; index += 1) {
      const row = heights.rowAt(index);
      if (index > end && candidates.length > 0) {
        break;
      }
      if (row !== undefined && this.traits.holdsPlace(row)) {
        candidates.push({ key: row.key, bottom: heights.offsetOf(index + 1) - scrollTop });
      }
    }
    return candidates;
  }
}
