import { useGroups } from '@/features/groups/store';
import { usePeople } from '@/features/people/store';

/** What stands in a text for somebody. */
const MARK = /<@(?<userId>[1-9]\d{0,15})>/g;
/** What stands there for many people at once. */
const CROWD = /<@(?<crowd>room|here|&[\p{L}\p{M}\p{N}_-]{1,40})>/gu;
/** Code is sent as it was typed. */
const CODE = /(?<code>```[\s\S]*?(?:```|$)|`[^`\n]*`)/;
const WORD = /[\p{L}\p{M}\p{N}_]/u;

/** All members of a room, those of them who are present, or those who are in a group. */
export type Crowd = 'room' | 'here' | `&${string}`;

/** What a crowd is called, without the `@`. */
export function crowdName(crowd: Crowd): string {
  return crowd.replace('&', '');
}

/** Whether a crowd means this person, too, as far as is known. */
export function isOwnCrowd(crowd: Crowd): boolean {
  return !crowd.startsWith('&') || useGroups().isMine(crowdName(crowd));
}

interface Named {
  userId: number | Crowd;
  name: string;
}

/** A text as it is sent: whoever of these people is called in it, `@Alex`, stands there by number, so that a new name changes nothing. */
export function withNumbers(text: string, people: readonly Named[]): string {
  // The longest first: "@Anna Lena" is not Anna.
  const named = [...people].sort((left, right) => right.name.length - left.name.length);
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : numbered(part, named)))
    .join('');
}

function numbered(text: string, people: readonly Named[]): string {
  let written = '';
  let copied = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const isBegin = at === 0 || !WORD.test(text.charAt(at - 1));
    const found = isBegin ? people.find(({ name }) => isNamed(text, at + 1, name)) : undefined;
    if (found !== undefined) {
      written += `${text.slice(copied, at)}<@${found.userId}>`;
      copied = at + 1 + found.name.length;
    }
  }
  return written + text.slice(copied);
}

function isNamed(text: string, at: number, name: string): boolean {
  const end = at + name.length;
  return (
    name !== '' &&
    text.slice(at, end).toLowerCase() === name.toLowerCase() &&
    !WORD.test(String.fromCodePoint(text.codePointAt(end) ?? 0))
  );
}

/** A text as people write it: with names for the numbers that are known. */
export function withNames(text: string): string {
  const { table } = usePeople();
  return text
    .replace(CROWD, (_, crowd: Crowd) => `@${crowdName(crowd)}`)
    .replace(MARK, (mark, userId: string) => {
      const name = table.nameOf(Number(userId));
      return name === undefined ? mark : `@${name}`;
    });
}

/** Those who stand in a text by number, with their names as far as they are known. */
export function mentioned(text: string): Named[] {
  const { table } = usePeople();
  const crowds = crowdsIn(text).map((crowd) => ({ userId: crowd, name: crowdName(crowd) }));
  const people = [...text.matchAll(MARK)].flatMap(({ groups }) => {
    const userId = Number(groups?.userId);
    const name = table.nameOf(userId);
    return name === undefined ? [] : [{ userId, name }];
  });
  return [...people, ...crowds];
}

/** The crowds that a text mentions. */
export function crowdsIn(text: string): Crowd[] {
  return text.includes('<@')
    ? [...text.matchAll(CROWD)].map(({ groups }) => groups?.crowd as Crowd)
    : [];
}

/** Whether a text mentions this person. */
export function mentions(text: string, userId: number): boolean {
  return text.includes(`<@${userId}>`) || crowdsIn(text).some(isOwnCrowd);
}
