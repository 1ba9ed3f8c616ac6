export const number = (n: number) => n.toLocaleString('de');

export const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** „Alex“, „Alex und Sam“, „Alex, Sam und Kim“. */
export function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} und ${last}`;
}
