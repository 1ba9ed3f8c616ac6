import { describe, expect, it } from 'vitest';
import { HeightIndex } from './height-index';

function rows(...keys: string[]): { key: string }[] {
  return keys.map((key) => ({ key }));
}

function indexOf(...keys: string[]): HeightIndex<{ key: string }> {
  const heights = new HeightIndex<{ key: string }>(() => 10);
  heights.setRows(rows(...keys));
  return heights;
}

describe('the height index', () => {
  it('sums estimates until rows are measured', () => {
    const heights = indexOf('a', 'b', 'c');
    expect(heights.total).toBe(30);
    expect(heights.measure(1, 25)).toBe(true);
    expect(heights.measure(1, 25)).toBe(false);
    expect(heights.offsetOf(2)).toBe(35);
    expect(heights.total).toBe(45);
  });

  it('keeps a measured height with its row when rows come before it', () => {
    const heights = indexOf('a', 'b');
    heights.measure(0, 50);
    heights.setRows(rows('x', 'y', 'a', 'b'));
    expect(heights.offsetOf(2)).toBe(20);
    expect(heights.offsetOf(3)).toBe(70);
  });

  it('finds the row at an offset', () => {
    const heights = indexOf('a', 'b', 'c');
    heights.measure(0, 30);
    expect([-5, 0, 29.5, 30, 39, 40, 1_000].map((offset) => heights.indexAt(offset))).toEqual([
      0, 0, 0, 1, 1, 2, 2,
    ]);
  });

  it('estimates again after the width has changed', () => {
    const heights = indexOf('a');
    heights.measure(0, 99);
    heights.forgetMeasured();
    expect(heights.total).toBe(10);
  });

  it('does not keep heights of rows that are long gone', () => {
    const heights = indexOf('first');
    heights.measure(0, 77);
    for (let round = 0; round < 600; round += 1) {
      heights.setRows(rows(`row-${round}`));
      heights.measure(0, 20);
    }
    heights.setRows(rows('first'));
    expect(heights.total).toBe(10);
  });
});
