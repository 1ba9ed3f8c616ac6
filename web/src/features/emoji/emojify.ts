import { EMOTICONS } from './emoticons';
import { emojiNamed } from './shortcodes';

/** Code and addresses are nobody's smile. A block of code may be open to the end of the text. */
const UNTOUCHED = /```[\s\S]*?(?:```|$)|`[^`\n]+`|\b[a-zA-Z][a-zA-Z0-9+.-]*:\/\/\S+|\bwww\.\S+/u
  .source;

/** One shortcode or several without space between, and not within a word, a time of day or a path. */
const SHORTCODES = /(?<![\p{L}\p{N}_:])(?::[a-zA-Z0-9_+-]+:)+(?![\p{L}\p{N}_:])/u.source;

/** Stands alone, or at the end of a sentence. */
const EMOTICON = `(?<=^|\\s)(?:${[...EMOTICONS.keys()].map(escaped).join('|')})(?=$|\\s|[.,!?;](?:\\s|$))`;

const TOKENS = new RegExp(
  `(?<untouched>${UNTOUCHED})|${SHORTCODES}|(?<emoticon>${EMOTICON})`,
  'gu',
);
const SHORTCODE = /:([^:]+):/g;

/** Makes emoji of the emoticons and shortcodes in what somebody has typed. */
export function emojify(text: string): string {
  return text.replace(TOKENS, (token, ...rest) => {
    const { untouched, emoticon } = rest.at(-1) as Record<string, string | undefined>;
    if (untouched !== undefined) {
      return token;
    }
    if (emoticon !== undefined) {
      return EMOTICONS.get(emoticon) ?? emoticon;
    }
    return token.replace(SHORTCODE, (shortcode, name: string) => emojiNamed(name) ?? shortcode);
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
