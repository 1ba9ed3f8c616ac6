import { all } from './all';
import { current } from './current';
import { translator } from './translator';

/** Any text of the client. For what comes in a file of its own alone: the first view does not carry these. */
export const t = translator(() => (current.value ?? all) as typeof all);
