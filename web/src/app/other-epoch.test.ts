import { expect, it, vi } from 'vitest';
import type { FrameHandler } from '@/api/listeners';
import { WELCOME } from '@/api/test/frames';
import { forgetOtherEpochs } from './other-epoch';

it('forgets when the epoch is another one, and only then', () => {
  let tell: FrameHandler<'welcome'> | undefined;
  const on = (_: string, handler: unknown) => {
    tell = handler as FrameHandler<'welcome'>;
    return () => {};
  };
  const forget = vi.fn();
  forgetOtherEpochs({ on } as Parameters<typeof forgetOtherEpochs>[0], forget);
  const welcome = (epoch: string) => tell?.({ ...WELCOME, epoch });
  welcome('first');
  welcome('first');
  expect(forget).not.toHaveBeenCalled();
  welcome('second');
  welcome('second');
  expect(forget).toHaveBeenCalledTimes(1);
});
