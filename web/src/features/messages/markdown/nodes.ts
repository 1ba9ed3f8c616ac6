import type { Crowd } from '../mentions';

/** A text within a line, and what stands around parts of it. */
export type Inline =
  | { kind: 'text'; text: string }
  /** A letter under so many marks that they would cover other lines. No language has as many on one letter. */
  | { kind: 'stack'; text: string }
  | { kind: 'code'; text: string }
  /** Somebody, by the number that stands in the text. */
  | { kind: 'mention'; userId: number }
  /** Perhaps a room, by its address: whoever shows it knows which there are. */
  | { kind: 'room'; slug: string }
  /** Perhaps an emoji of the server, by its name: whoever shows it knows which there are. */
  | { kind: 'emoji'; name: string }
  /** All members of the room, or those who are present. */
  | { kind: 'crowd'; crowd: Crowd }
  /** `href` is of http, https or mailto, as the browser wrote it. */
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: Wrapper; children: Inline[] };

export type Wrapper = 'strong' | 'em' | 'del' | 'spoiler';

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code-block'; language: string; code: string }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; items: ListItem[] };

export interface ListItem {
  /** As it was written: a list that begins with 3 does so. */
  number: number;
  children: Block[];
}
