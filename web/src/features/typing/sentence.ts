import { t } from '@/locales';
import { isolate } from '@/locales/isolate';
import type { TypingNow } from './store';

/** "Alex is typing", without oneself and those whom one blocks; empty when nobody is. */
export function typingSentence(
  now: TypingNow | undefined,
  ownUserId: number | undefined,
  blocked: ReadonlySet<number>,
): string {
  const others = (now?.users ?? []).filter(
    ({ userId }) => userId !== ownUserId && !blocked.has(userId),
  );
  const [first, second] = others;
  if (now === undefined || first === undefined) {
    return '';
  }
  if (second === undefined && now.more === 0) {
    return t('typing.one', isolate(first.name));
  }
  if (second !== undefined && others.length === 2 && now.more === 0) {
    return t('typing.two', isolate(first.name), isolate(second.name));
  }
  return t('typing.several');
}
