import { describe, expect, it } from 'vitest';
import { type Placing, place } from './place';

const viewport = { width: 1000, height: 800 };
const placing: Placing = {
  anchor: { left: 400, top: 300, width: 100, height: 40 },
  size: { width: 200, height: 150 },
  viewport,
  side: 'below',
  align: 'start',
  rightToLeft: false,
  gap: 4,
};

describe('what is anchored', () => {
  it('stands where it is wanted when there is room', () => {
    expect(place(placing)).toMatchObject({ left: 400, top: 344, side: 'below' });
    expect(place({ ...placing, side: 'above' })).toMatchObject({ top: 146, side: 'above' });
  });

  it.each([
    ['start', false, 400],
    ['end', false, 300],
    ['center', false, 350],
    ['start', true, 300],
    ['end', true, 400],
    ['center', true, 350],
  ] as const)('shares the %s of the anchor (right to left: %s)', (align, rightToLeft, left) => {
    expect(place({ ...placing, align, rightToLeft }).left).toBe(left);
  });

  it('goes to the other side when only that has room', () => {
    const low = { ...placing.anchor, top: 740 };
    expect(place({ ...placing, anchor: low })).toMatchObject({ side: 'above', top: 586 });
    const high = { ...placing.anchor, top: 20 };
    expect(place({ ...placing, anchor: high, side: 'above' })).toMatchObject({ side: 'below' });
  });

  it('is cut to the side with more room when neither has enough', () => {
    const tall = { width: 200, height: 2_000 };
    expect(place({ ...placing, size: tall })).toEqual({
      left: 400,
      top: 344,
      side: 'below',
      maxHeight: 448,
    });
    const low = { ...placing.anchor, top: 500 };
    expect(place({ ...placing, size: tall, anchor: low })).toEqual({
      left: 400,
      top: 8,
      side: 'above',
      maxHeight: 488,
    });
  });

  it('moves along a point until all of it is in the window', () => {
    const point = { left: 400, top: 500, width: 0, height: 0 };
    const at = (height: number) =>
      place({ ...placing, anchor: point, gap: 0, size: { width: 200, height } });
    expect(at(200)).toMatchObject({ top: 500, maxHeight: 784 });
    expect(at(600)).toMatchObject({ top: 8 });
    expect(at(2_000)).toMatchObject({ top: 8, maxHeight: 784 });
  });

  it('never leaves the window at a side', () => {
    const right = { ...placing.anchor, left: 950 };
    expect(place({ ...placing, anchor: right }).left).toBe(792);
    const left = { ...placing.anchor, left: -90 };
    expect(place({ ...placing, anchor: left }).left).toBe(8);
    expect(place({ ...placing, size: { width: 1_200, height: 100 } }).left).toBe(8);
  });
});
