import type { Attachment } from '@/api/generated/protocol';

/** Lines that are seen before somebody wants more. */
export const FOLDED_LINES = 8;
/** Bytes that hold these lines in nearly every file. */
export const BEGINNING_BYTES = 4_096;
/** Bytes that are shown where the text stands. Of a longer file the rest is in the file. */
export const SHOWN_BYTES = 64 * 1_024;
/** Bytes that are copied; more than that is a download. */
export const COPIED_BYTES = 1_024 * 1_024;

const TYPES =
  /^(?:text\/|application\/(?:json|xml|javascript)\b|application\/x-(?:sh|httpd-php|perl)\b)/;

/** Whether the content of a file is text, which the server has found out. */
export function isText({ type }: Attachment): boolean {
  return TYPES.test(type);
}

/** The language of a file as its name says, as those who colour code call it; empty for plain text. */
export function languageOf(name: string): string {
  const ending = /\.([a-z\d+]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return ending === 'txt' ? '' : ending;
}

/** The bytes of a text, of which the last character may be cut. Line ends become those of the web. */
export function decode(bytes: ArrayBuffer): string {
  const text = new TextDecoder().decode(bytes, { stream: true });
  return text.replace(/\r\n?/g, '\n');
}

/** The first lines, and whether these are all. An empty line at the end is none. */
export function firstLines(text: string, count: number): { text: string; whole: boolean } {
  const lines = text.replace(/\n+$/, '').split('\n');
  return { text: lines.slice(0, count).join('\n'), whole: lines.length <= count };
}
