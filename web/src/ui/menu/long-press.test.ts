import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LongPress } from './long-press';

const onLongPress = vi.fn();
let press: LongPress;

beforeEach(() => {
  vi.useFakeTimers();
  onLongPress.mockReset();
  press = new LongPress(onLongPress);
});
afterEach(() => vi.useRealTimers());

function touch(type: string, ...places: number[]): TouchEvent {
  const touches = places.map((clientX) => ({ target: document.body, clientX, clientY: 0 }));
  return Object.assign(new Event(type, { cancelable: true }), { touches }) as unknown as TouchEvent;
}
const down = (...places: number[]) => press.onTouchStart(touch('touchstart', ...places));
const move = (place: number) => press.onTouchMove(touch('touchmove', place));
function up(): boolean {
  const event = touch('touchend');
  press.onTouchEnd(event);
  return event.defaultPrevented;
}

describe('a long press', () => {
  it('is told when the finger is lifted, and is no click besides', () => {
    down(10);
    vi.advanceTimersByTime(600);
    expect(onLongPress).not.toHaveBeenCalled();
    expect(up()).toBe(true);
    expect(onLongPress).toHaveBeenCalledExactlyOnceWith({
      target: document.body,
      clientX: 10,
      clientY: 0,
    });
  });

  it('is none when the finger was short', () => {
    down(10);
    vi.advanceTimersByTime(400);
    expect(up()).toBe(false);
    expect(onLongPress).not.toHaveBeenCalled();
  });

  it('is none when the finger slipped, was not alone, or was taken for something else', () => {
    down(10);
    move(30);
    vi.advanceTimersByTime(600);
    up();
    down(10, 50);
    vi.advanceTimersByTime(600);
    up();
    down(10);
    vi.advanceTimersByTime(600);
    press.cancel();
    up();
    expect(onLongPress).not.toHaveBeenCalled();
  });

  it('may tremble', () => {
    down(10);
    move(15);
    vi.advanceTimersByTime(600);
    move(60);
    up();
    expect(onLongPress).toHaveBeenCalledOnce();
  });

  it('comes as soon as the browser says so', () => {
    down(10);
    expect(press.touching).toBe(true);
    press.rest();
    up();
    expect(onLongPress).toHaveBeenCalledOnce();
    expect(press.touching).toBe(false);
  });
});
