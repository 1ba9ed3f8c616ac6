import { en } from './en';

/** The strings of the client in one language. A further language is an object of this type. */
export type Messages = typeof en;

type Text = string | ((...args: never[]) => string);
type Path<T> = {
  [K in keyof T & string]: T[K] extends Text ? K : `${K}.${Path<T[K]>}`;
}[keyof T & string];
type At<T, P extends string> = P extends `${infer K}.${infer Rest}`
  ? K extends keyof T
    ? At<T[K], Rest>
    : never
  : P extends keyof T
    ? T[P]
    : never;
type Arguments<T> = T extends (...args: infer A) => string ? A : [];

export type MessagePath = Path<Messages>;

/** The text at a path of the locale, with its arguments where it takes some: `t('rooms.online', 3)`. */
export function t<P extends MessagePath>(path: P, ...args: Arguments<At<Messages, P>>): string {
  let text: unknown = en;
  for (const key of path.split('.')) {
    text = (text as Record<string, unknown>)[key];
  }
  return typeof text === 'function' ? text(...args) : String(text);
}
