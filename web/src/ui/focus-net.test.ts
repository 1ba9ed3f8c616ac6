import { afterEach, beforeEach, expect, it } from 'vitest';
import { catchLostFocus } from './focus-net';

let stop: () => void;
beforeEach(() => {
  document.body.innerHTML = '<div id="list" tabindex="-1"></div><button id="gone"></button><input>';
  stop = catchLostFocus(['#nowhere', '#list']);
});
afterEach(() => stop());

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

/** In a browser the focus falls to the page with what had it. */
function remove(element: HTMLElement | null): void {
  element?.blur();
  element?.remove();
}

it('takes the focus of what is gone to where one would go on', async () => {
  find('#gone')?.focus();
  remove(find('#gone'));
  await expect.poll(() => document.activeElement?.id).toBe('list');
});

it('leaves it to whoever knows a better place', async () => {
  find('#gone')?.focus();
  remove(find('#gone'));
  await Promise.resolve();
  find('input')?.focus();
  await new Promise((resolve) => setTimeout(resolve));
  expect(document.activeElement?.tagName).toBe('INPUT');
});
