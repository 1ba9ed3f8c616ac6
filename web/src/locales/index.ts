import { current } from './current';
import { en } from './en';
import { translator } from './translator';

/** A text of the first view. */
export const t = translator(() => (current.value ?? en) as typeof en);
