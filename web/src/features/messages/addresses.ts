/** What has no spaces between words, or stands right behind a word: in such a text an address ends where the text goes on. */
export const SPACELESS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Bopomofo}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{Extended_Pictographic}';
/**
 * Quotation marks, brackets and stops of all scripts but ASCII, whose own are part of many an address; full-width forms; and what
 * cannot be seen or turns the direction, and could show another address than it leads to.
 */
const END =
  '(?=[^\\x00-\\x7f\\xb7])[\\p{Pi}\\p{Pf}\\p{Ps}\\p{Pe}\\p{Po}\\p{DI}\\u3000-\\u303f\\uff00-\\uffef]';
const PLAIN = `(?!${END})[^\\s<>"\`\\\\${SPACELESS}]`;
/** Such words are part of an address where a part of it begins with them: `/wiki/日本`. */
const WORDS = `(?<=[/=#?&_-])[${SPACELESS}]+(?:[.-][${SPACELESS}]+)*`;
const REST = `(?:${PLAIN}|${WORDS})*`;

/** Not within a word, an address or a path. Words of the scripts above are followed by one without a space. */
const START = '(?<![\\p{sc=Latin}\\p{sc=Cyrillic}\\p{sc=Greek}\\p{N}_.%+@:/-])';
const LABELS = '(?:[a-z0-9-]+\\.)+';
/** Those that hardly any file or forgotten space looks like; `README.md` and "done.it" are none. */
const WELL_KNOWN =
  'com|org|net|edu|gov|io|dev|app|info|eu|ai|uk|de|fr|nl|ch|jp|cn|kr|br|ru|ua|pl|cz|ca|au';

export const ADDRESS = new RegExp(
  [
    `\\bhttps?://${REST}`,
    `${START}(?<mail>[a-z0-9][\\w.%+-]*@${LABELS}[a-z]{2,})(?![\\w@-])`,
    `${START}(?<bare>www\\.${LABELS}\\p{L}{2,}|${LABELS}(?:${WELL_KNOWN}))(?![\\w@-]|\\.[a-z0-9])(?::\\d+)?(?:[/?#]${REST})?`,
  ].join('|'),
  'giu',
);
