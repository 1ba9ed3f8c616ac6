import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope } from 'vue';
import { away } from './away';
import { useAttention } from './use-attention';

let scope: EffectScope;
let attention: ReturnType<typeof useAttention>;
beforeEach(() => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  scope = effectScope();
  scope.run(() => {
    attention = useAttention();
  });
});
afterEach(() => {
  scope.stop();
  away.value = false;
});

it('is there while the window has the keyboard', () => {
  expect(attention.value).toBe(true);
  vi.mocked(document.hasFocus).mockReturnValue(false);
  window.dispatchEvent(new Event('blur'));
  expect(attention.value).toBe(false);
  vi.mocked(document.hasFocus).mockReturnValue(true);
  window.dispatchEvent(new Event('focus'));
  expect(attention.value).toBe(true);
});

it('is not there while the page is hidden', () => {
  const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(attention.value).toBe(false);
  visible.mockRestore();
});

it('goes with the person', () => {
  away.value = true;
  expect(attention.value).toBe(false);
});
