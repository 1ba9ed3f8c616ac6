import { describe, expect, it } from 'vitest';
import { seededRandom } from '../test/random';
import { ScrollModel } from './scroll-model';

interface TestRow {
  key: string;
  /** What a browser would measure; the model sees it only once the row is rendered. */
  height: number;
}

function row(id: number, height = 40): TestRow {
  return { key: `m${id}`, height };
}

function span(from: number, to: number): TestRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
}

/** Does what the browser and the composable do together: render, measure, render again, until nothing is news. */
class TestList {
  readonly model = new ScrollModel<TestRow>({
    estimate: () => 50,
    holdsPlace: ({ key }) => key.startsWith('m'),
  });
  rows: readonly TestRow[] = [];

  constructor(rows: readonly TestRow[], viewport = 500) {
    this.model.setViewport(viewport);
    this.show(rows);
  }

  show(rows: readonly TestRow[]): void {
    this.rows = rows;
    this.model.setRows(rows);
    this.settle();
  }

  scrollTo(scrollTop: number): void {
    this.model.scrolledTo(scrollTop);
    this.settle();
  }

  resize(viewport: number): void {
    this.model.setViewport(viewport);
    this.settle();
  }

  settle(): void {
    for (let news = true; news; ) {
      const { start, end } = this.model.range;
      news = false;
      for (let index = start; index < end; index += 1) {
        news = this.model.heights.measure(index, this.rows[index]?.height ?? 0) || news;
      }
    }
  }

  /** Where the lower edge of a row is on screen. */
  bottomOf(key: string): number {
    return this.model.heights.offsetOf(this.model.heights.indexOf(key) + 1) - this.model.scrollTop;
  }
}

describe('following the end', () => {
  it('begins at the end', () => {
    expect(new TestList(span(1, 100)).model.distanceToEnd).toBe(0);
  });

  it.each([
    [100, 0],
    [101, 141],
  ])('from %i px above the end, a new row leaves %i px', (distance, left) => {
    const list = new TestList(span(1, 100));
    list.scrollTo(list.model.scrollTop - distance);
    list.show(span(1, 101));
    expect(list.model.distanceToEnd).toBe(left);
  });

  it('keeps the distance when only the viewport changes, as it does when the composer grows', () => {
    const list = new TestList(span(1, 100));
    list.resize(420);
    expect(list.model.distanceToEnd).toBe(0);
    list.scrollTo(list.model.scrollTop - 60);
    list.resize(500);
    expect(list.model.distanceToEnd).toBe(60);
  });

  it('does not run along with pages below a view of old messages', () => {
    const list = new TestList(span(1, 100));
    list.model.setCanFollow(false);
    const before = list.bottomOf('m100');
    list.show(span(1, 150));
    expect(list.bottomOf('m100')).toBe(before);
    expect(list.model.following).toBe(false);
  });

  it('does not take back who is on the way up, until he rests near the end', () => {
    const list = new TestList(span(1, 100));
    list.model.leaveBy(list.model.scrollTop - 20);
    list.show(span(1, 101));
    expect(list.model.distanceToEnd).toBe(60);
    expect(list.model.following).toBe(false);
    list.scrollTo(list.model.scrollTop);
    expect(list.model.following).toBe(true);
    list.show(span(1, 102));
    expect(list.model.distanceToEnd).toBe(0);
  });

  it('is what an own message asks for', () => {
    const list = new TestList(span(1, 100));
    list.scrollTo(0);
    list.model.scrollToEnd();
    list.settle();
    expect(list.model.following).toBe(true);
  });
});

describe('holding the place', () => {
  it('when older rows come before it, though a mark stands on top', () => {
    const mark = { key: 'older', height: 60 };
    const list = new TestList([mark, ...span(100, 200)]);
    list.scrollTo(0);
    const before = list.bottomOf('m105');
    list.show([mark, ...span(50, 200)]);
    expect(list.bottomOf('m105')).toBe(before);
  });

  it('when the first row loses its heading to an older page', () => {
    const list = new TestList([row(100, 70), ...span(101, 200)]);
    list.scrollTo(0);
    const before = list.bottomOf('m100');
    list.show([...span(50, 99), row(100, 40), ...span(101, 200)]);
    expect(list.bottomOf('m100')).toBe(before);
  });

  it('when the row that held it has gone', () => {
    const list = new TestList(span(1, 100));
    list.scrollTo(2_000);
    const first = list.model.heights.keyAt(list.model.heights.indexAt(list.model.scrollTop));
    const before = list.bottomOf('m60');
    list.show(span(1, 100).filter(({ key }) => key !== first));
    expect(list.bottomOf('m60')).toBe(before);
  });

  it('when the mark that was asked for goes', () => {
    const unread = { key: 'unread', height: 40 };
    const list = new TestList([...span(1, 50), unread, ...span(51, 100)]);
    list.model.scrollToKey('unread', (_, viewport) => viewport / 3);
    list.settle();
    const before = list.bottomOf('m51');
    list.show(span(1, 100));
    expect(list.model.distanceToEnd).toBeGreaterThan(1_000);
    expect(Math.abs(list.bottomOf('m51') - before)).toBeLessThanOrEqual(40);
  });

  it('puts a row asked for into the middle, and keeps it there', () => {
    const list = new TestList(span(1, 200));
    expect(list.model.scrollToKey('m50')).toBe(true);
    list.settle();
    expect(list.bottomOf('m50')).toBe(270);
    list.show(span(-50, 200));
    expect(list.bottomOf('m50')).toBe(270);
    expect(list.model.scrollToKey('m999')).toBe(false);
  });

  it.each([1, 120, 800, 5_000])(
    'leads to a row asked for once more, to where it led first, from %i px further down',
    (distance) => {
      const list = new TestList(
        span(1, 200).map((_, index) => row(index + 1, 30 + (index % 7) * 20)),
      );
      list.model.scrollToKey('m50');
      list.settle();
      const first = list.bottomOf('m50');
      list.scrollTo(list.model.scrollTop + distance);
      list.model.scrollToKey('m50');
      list.settle();
      expect(list.bottomOf('m50')).toBe(first);
    },
  );

  it('through any mixture of scrolling, pages, heights that were misjudged and new rows', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed);
      const varied = (from: number, to: number) =>
        span(from, to).map(({ key }) => ({ key, height: 20 + Math.floor(random() * 150) }));
      let rows = varied(1_000, 1_050);
      let first = 1_000;
      let last = 1_050;
      const list = new TestList(rows);
      for (let step = 0; step < 40; step += 1) {
        list.scrollTo(random() * Math.max(list.model.heights.total - 500 - 150, 0));
        const { start, end } = list.model.range;
        const keys = rows.slice(start, end).map(({ key }) => key);
        const seen = keys.filter((key) => list.bottomOf(key) > 0 && list.bottomOf(key) < 500);
        const before = seen.map((key) => list.bottomOf(key));
        if (random() < 0.5) {
          rows = [...varied(first - 30, first - 1), ...rows];
          first -= 30;
        } else {
          rows = [...rows, ...varied(last + 1, last + 3)];
          last += 3;
        }
        list.show(rows);
        seen.forEach((key, index) => {
          expect(
            Math.abs(list.bottomOf(key) - (before[index] ?? 0)),
            `seed ${seed}, step ${step}, ${key}`,
          ).toBeLessThan(0.001);
        });
      }
    }
  });
});

describe('the rendered range', () => {
  it('is a few rows of many, around those on screen', () => {
    const list = new TestList(span(1, 10_000));
    list.scrollTo(200_000);
    const { start, end } = list.model.range;
    expect(end - start).toBeLessThan(50);
    expect(list.model.heights.offsetOf(start)).toBeLessThanOrEqual(list.model.scrollTop);
    expect(list.model.heights.offsetOf(end)).toBeGreaterThanOrEqual(list.model.scrollTop + 500);
  });

  it('is empty without rows', () => {
    expect(new TestList([]).model.range).toEqual({ start: 0, end: 0 });
  });
});
