export interface Named {
  readonly userId: number;
  readonly name: string;
}

const NUMBERED = /^<@(?<userId>[1-9]\d{0,15})>/;

/** Whom a text calls first, with or without `@`, and what follows. The longest name counts: "Anna Lena" is not Anna. */
export function personAtBegin<P extends Named>(
  text: string,
  people: readonly P[],
): { person: P; rest: string } | null {
  const mark = NUMBERED.exec(text);
  if (mark !== null) {
    const person = people.find(({ userId }) => userId === Number(mark.groups?.userId));
    return person === undefined ? null : { person, rest: text.slice(mark[0].length).trimStart() };
  }
  const called = text.startsWith('@') ? text.slice(1) : text;
  const [person] = people
    .filter(({ name }) => name !== '' && begins(called, name))
    .sort((left, right) => right.name.length - left.name.length);
  return person === undefined
    ? null
    : { person, rest: called.slice(person.name.length).trimStart() };
}

function begins(text: string, name: string): boolean {
  const next = text.slice(name.length, name.length + 1);
  return text.slice(0, name.length).toLowerCase() === name.toLowerCase() && /^(?:\s|$)/u.test(next);
}
