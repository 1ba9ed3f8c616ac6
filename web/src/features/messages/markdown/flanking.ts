import { SPACELESS } from '../addresses';

/** Before an opening mark: not a letter of a script with spaces, so that `2*3*4` and `snake_case` stay; not a slash, as in a path. */
const BEFORE_OPENING = new RegExp(
  `(?<=^|[\\s\\p{Ps}\\p{Pi}\\p{Pf}"'*_~|:,;–—\\p{DI}${SPACELESS}])`,
  'uy',
);
const AFTER_OPENING = /(?!$|[\s\p{Pe}.,:;!?/])/uy;
const BEFORE_CLOSING = /(?<=[^\s\p{Ps}])/uy;
/** A stop may follow where no word goes on right behind it. */
const AFTER_CLOSING = new RegExp(
  `(?=$|[\\s\\p{Pe}\\p{Pi}\\p{Pf}"'*_~|–—\\-\\p{DI}${SPACELESS}]|[.,:;!?](?![\\p{L}\\p{N}])|(?![\\x00-\\x7f])\\p{Po})`,
  'uy',
);
const IN_WORD = /(?<=\p{L})`(?=\p{L})/uy;
/** What can be seen and is no mark. */
const SEEN = /(?!\p{DI}|\u2800)[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u;

/** Whether a mark that reaches from `start` to `end` may begin something. */
export function mayOpen(text: string, start: number, end: number): boolean {
  return isAt(BEFORE_OPENING, text, start) && isAt(AFTER_OPENING, text, end);
}

/** Whether it may end something. */
export function mayClose(text: string, start: number, end: number): boolean {
  return isAt(BEFORE_CLOSING, text, start) && isAt(AFTER_CLOSING, text, end);
}

/** Whether a backtick stands for an apostrophe. */
export function isApostrophe(text: string, at: number): boolean {
  return isAt(IN_WORD, text, at);
}

/** Whether there is something in a text that marks can stand around: a face such as `(*_*)` has nothing. */
export function isSeen(text: string): boolean {
  return SEEN.test(text);
}

function isAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
