import { describe, expect, it, vi } from 'vitest';
import { wakeWithThePage } from './wake';

describe('the connection', () => {
  it('wakes with the network and with the person who looks, not with one who looks away', () => {
    const wake = vi.fn();
    const probe = vi.fn();
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    wakeWithThePage({ wake, probe });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(wake).not.toHaveBeenCalled();
    visible.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new Event('online'));
    expect(wake).toHaveBeenCalledTimes(2);
    expect(probe).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('offline'));
    expect(probe).toHaveBeenCalledTimes(1);
  });
});
