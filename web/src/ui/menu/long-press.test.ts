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

const at = (clientX: number, pointerType = 'touch') =>
  new PointerEvent('pointerdown', { clientX, pointerType, isPrimary: true });

describe('a long press', () => {
  it('is told when the finger is lifted', () => {
    const start = at(10);
    press.down(start);
    vi.advanceTimersByTime(600);
    expect(onLongPress).not.toHaveBeenCalled();
    press.up();
    expect(onLongPress).toHaveBeenCalledExactlyOnceWith(start);
  });

  it('is none when the finger was short, slipped, or was taken for something else', () => {
    press.down(at(10));
    vi.advanceTimersByTime(400);
    press.up();
    press.down(at(10));
    press.move(at(30));
    vi.advanceTimersByTime(600);
    press.up();
    press.down(at(10));
    vi.advanceTimersByTime(600);
    press.cancel();
    press.up();
    expect(onLongPress).not.toHaveBeenCalled();
  });

  it('may tremble', () => {
    press.down(at(10));
    press.move(at(15));
    vi.advanceTimersByTime(600);
    press.move(at(60));
    press.up();
    expect(onLongPress).toHaveBeenCalledOnce();
  });

  it('comes as soon as the browser says so', () => {
    press.down(at(10));
    expect(press.touching).toBe(true);
    press.rest();
    press.up();
    expect(onLongPress).toHaveBeenCalledOnce();
    expect(press.touching).toBe(false);
  });

  it('is a finger, not a mouse', () => {
    press.down(at(10, 'mouse'));
    vi.advanceTimersByTime(600);
    press.up();
    expect(onLongPress).not.toHaveBeenCalled();
  });
});
