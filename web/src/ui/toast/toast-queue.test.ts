import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToastQueue } from './toast-queue';

let queue: ToastQueue;
beforeEach(() => {
  vi.useFakeTimers();
  queue = new ToastQueue();
});
afterEach(() => vi.useRealTimers());

const texts = () => queue.shown.value.map(({ text }) => text);
const say = (...said: string[]) => said.map((text) => queue.show({ text }));

describe('toasts', () => {
  it('go by themselves', () => {
    say('saved');
    vi.advanceTimersByTime(4_900);
    expect(texts()).toEqual(['saved']);
    vi.advanceTimersByTime(200);
    expect(texts()).toEqual([]);
  });

  it('stay longer when something can be done', () => {
    queue.show({ text: 'deleted', action: { label: 'Undo', run: () => undefined } });
    vi.advanceTimersByTime(9_000);
    expect(texts()).toEqual(['deleted']);
    vi.advanceTimersByTime(2_000);
    expect(texts()).toEqual([]);
  });

  it('go all at once for somebody else, also those that wait, but not what stays until it is taken away', () => {
    say('one', 'two', 'three', 'four');
    queue.show({ text: 'newer version', lasts: true });
    queue.clear();
    expect(texts()).toEqual(['newer version']);
    say('five');
    vi.advanceTimersByTime(4_900);
    expect(texts()).toEqual(['newer version', 'five']);
    vi.advanceTimersByTime(200);
    expect(texts()).toEqual(['newer version']);
  });

  it('are three at a time, and the others have their time when it is their turn', () => {
    say('one', 'two', 'three', 'four');
    expect(texts()).toEqual(['one', 'two', 'three']);
    vi.advanceTimersByTime(5_000);
    expect(texts()).toEqual(['four']);
    vi.advanceTimersByTime(4_900);
    expect(texts()).toEqual(['four']);
    vi.advanceTimersByTime(200);
    expect(texts()).toEqual([]);
  });

  it('can be taken away sooner, also while they wait', () => {
    const [one, , , four] = say('one', 'two', 'three', 'four', 'five');
    queue.dismiss(four ?? 0);
    queue.dismiss(one ?? 0);
    expect(texts()).toEqual(['two', 'three', 'five']);
    queue.dismiss(one ?? 0);
    expect(texts()).toEqual(['two', 'three', 'five']);
  });

  it('stay while somebody reads them, and have their whole time again then', () => {
    say('one');
    vi.advanceTimersByTime(4_000);
    queue.hold();
    say('two');
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['one', 'two']);
    queue.release();
    vi.advanceTimersByTime(4_900);
    expect(texts()).toEqual(['one', 'two']);
    vi.advanceTimersByTime(200);
    expect(texts()).toEqual([]);
  });
});
