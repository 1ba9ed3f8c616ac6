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

/** Finds the text at a path of the present locale, with its arguments where it takes some: `t('rooms.online', 3)`. */
export function translator<M extends object>(messages: () => M) {
  return <P extends Path<M>>(path: P, ...args: Arguments<At<M, P>>): string => {
    let text: unknown = messages();
    for (const key of path.split('.')) {
      text = (text as Record<string, unknown>)[key];
    }
    return typeof text === 'function' ? text(...(args as unknown[])) : String(text);
  };
}
