import { en } from './en';
import { translator } from './translator';

/** A text of the first view. */
export const t = translator(en);
