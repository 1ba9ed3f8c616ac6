import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followWayBack } from './swipe-back';

let narrow: boolean;
let pane: HTMLElement;
let end: () => void;
const back = vi.fn();

beforeEach(() => {
  narrow = true;
  document.body.innerHTML =
    '<main><p id="text">Hello</p><pre id="code">long</pre><textarea id="field">words</textarea></main>';
  pane = document.querySelector('main') as HTMLElement;
  end = followWayBack(pane, () => narrow, back);
});
afterEach(() => {
  end();
  back.mockClear();
});

function touch(type: string, target: Element, clientX: number): void {
  const point = [{ clientX, clientY: 0 }];
  const event = new Event(type, { bubbles: true });
  target.dispatchEvent(Object.assign(event, { touches: point, changedTouches: point }));
}

/** Moves a finger far along the line; answers where the pane stood meanwhile. */
function swipe(id: string): string {
  const target = document.getElementById(id) as HTMLElement;
  touch('touchstart', target, 10);
  touch('touchmove', target, 40);
  touch('touchmove', target, 140);
  const stood = pane.style.translate;
  touch('touchend', target, 140);
  return stood;
}

it('moves the pane with the finger, and leads back', () => {
  expect(swipe('text')).not.toBe('');
  expect(back).toHaveBeenCalledTimes(1);
  expect(pane.style.translate).toBe('');
});

it('is over when the finger is lifted, though what it touched has left the page', () => {
  const target = document.getElementById('text') as HTMLElement;
  touch('touchstart', target, 10);
  touch('touchmove', target, 40);
  target.remove();
  touch('touchmove', target, 60);
  expect(pane.style.translate).toBe('50px 0');
  touch('touchend', target, 60);
  expect(pane.style.translate).toBe('');
  expect(back).not.toHaveBeenCalled();
});

it('hears of nothing from what it touched before', () => {
  const [text, field] = ['text', 'field'].map((id) => document.getElementById(id) as HTMLElement);
  touch('touchstart', text as HTMLElement, 10);
  touch('touchstart', field as HTMLElement, 10);
  touch('touchmove', text as HTMLElement, 140);
  expect(pane.style.translate).toBe('');
});

it('stands still where there is no way back', () => {
  narrow = false;
  expect(swipe('text')).toBe('');
  expect(back).not.toHaveBeenCalled();
});

it.each(['auto', 'scroll'])('leaves what scrolls sideways alone: %s', (overflow) => {
  const code = document.getElementById('code') as HTMLElement;
  code.style.overflowX = overflow;
  vi.spyOn(code, 'scrollWidth', 'get').mockReturnValue(900);
  vi.spyOn(code, 'clientWidth', 'get').mockReturnValue(300);
  expect(swipe('code')).toBe('');
  expect(back).not.toHaveBeenCalled();
});

it('leaves a text alone that is being selected within a field', () => {
  const field = document.getElementById('field') as HTMLTextAreaElement;
  field.focus();
  field.setSelectionRange(1, 3);
  expect(swipe('field')).toBe('');
  expect(back).not.toHaveBeenCalled();
  field.setSelectionRange(3, 3);
  expect(swipe('field')).not.toBe('');
});
