import { t } from '@/locales';
import { isolate } from '@/locales/isolate';
import type { TypingNow } from './store';

/** "Alex is typing", without oneself; empty when nobody is. */
export function typingSentence(now: TypingNow | undefined, ownUserId: number | undefined): string {
  const others = (now?.users ?? []).filter((user) => user.userId !== ownUserId);
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
