export interface SizedRow {
  key: string;
}

/**
 * The heights of all rows: measured where a row has been on screen, estimated elsewhere. Offsets are computed lazily
 * from the first row that has changed, so that appending to ten thousand rows costs one.
 */
export class HeightIndex<R extends SizedRow> {
  private rows: readonly R[] = [];
  private readonly measured = new Map<string, number>();
  /** `offsets[i]` is where row `i` begins; only those up to `validTo` are right. */
  private offsets = new Float64Array(1);
  private validTo = 0;

  constructor(private readonly estimate: (row: R) => number) {}

  get count(): number {
    return this.rows.length;
  }

  get total(): number {
    return this.offsetOf(this.rows.length);
  }

  setRows(rows: readonly R[]): void {
    const same = commonPrefix(this.rows, rows);
    this.rows = rows;
    this.validTo = Math.min(this.validTo, same);
    if (this.offsets.length <= rows.length) {
      const grown = new Float64Array(rows.length * 2 + 1);
      grown.set(this.offsets);
      this.offsets = grown;
    }
    this.forgetVanished();
  }

  rowAt(index: number): R | undefined {
    return this.rows[index];
  }

  keyAt(index: number): string | undefined {
    return this.rows[index]?.key;
  }

  indexOf(key: string): number {
    return this.rows.findIndex((row) => row.key === key);
  }

  heightOf(index: number): number {
    const row = this.rows[index];
    return row === undefined ? 0 : (this.measured.get(row.key) ?? this.estimate(row));
  }

  offsetOf(index: number): number {
    for (let next = this.validTo; next < index; next += 1) {
      this.offsets[next + 1] = (this.offsets[next] ?? 0) + this.heightOf(next);
    }
    this.validTo = Math.max(this.validTo, index);
    return this.offsets[index] ?? 0;
  }

  /** The row that covers the pixel at `offset`; the first or last one beyond the ends. */
  indexAt(offset: number): number {
    let low = 0;
    let high = Math.max(this.rows.length - 1, 0);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsetOf(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Tells whether the height is news. */
  measure(index: number, height: number): boolean {
    const key = this.keyAt(index);
    if (key === undefined || this.measured.get(key) === height) {
      return false;
    }
    this.measured.set(key, height);
    this.validTo = Math.min(this.validTo, index);
    return true;
  }

  /** After a change of width every measured height is wrong. */
  forgetMeasured(): void {
    this.measured.clear();
    this.validTo = 0;
  }

  private forgetVanished(): void {
    if (this.measured.size <= 2 * this.rows.length + 500) {
      return;
    }
    const present = new Set(this.rows.map((row) => row.key));
    for (const key of this.measured.keys()) {
      if (!present.has(key)) {
        this.measured.delete(key);
      }
    }
  }
}

function commonPrefix(left: readonly SizedRow[], right: readonly SizedRow[]): number {
  const length = Math.min(left.length, right.length);
  let index = 0;
  while (index < length && left[index]?.key === right[index]?.key) {
    index += 1;
  }
  return index;
}
