import { expect, it } from 'vitest';
import { HeightIndex } from './height-index';
import { layoutOf, slicesOf } from './layout';

const visible = { start: 100, end: 120 };

it.each([
  ['nothing', null, [visible]],
  ['what is in sight', { start: 105, end: 106 }, [visible]],
  ['what reaches out of sight', { start: 90, end: 110 }, [{ start: 90, end: 120 }]],
  ['what adjoins', { start: 120, end: 130 }, [{ start: 100, end: 130 }]],
  ['what is above', { start: 3, end: 5 }, [{ start: 3, end: 5 }, visible]],
  ['what is below', { start: 300, end: 301 }, [visible, { start: 300, end: 301 }]],
  ['too much', { start: 0, end: 1_001 }, [visible]],
])('with %s kept', (_, kept, slices) => {
  expect(slicesOf(visible, kept)).toEqual(slices);
});

it('leaves room for what is not rendered, between two slices too', () => {
  const heights = new HeightIndex(() => 10);
  heights.setRows(Array.from({ length: 100 }, (_, index) => ({ key: `m${index}` })));
  expect(layoutOf(heights, [{ start: 20, end: 30 }])).toMatchObject({
    before: 200,
    gap: null,
    after: 700,
  });
  expect(
    layoutOf(heights, [
      { start: 3, end: 5 },
      { start: 20, end: 30 },
    ]),
  ).toMatchObject({ before: 30, gap: { key: 'm20', height: 150 }, after: 700 });
});
