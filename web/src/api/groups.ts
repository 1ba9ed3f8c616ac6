import type { GroupPeople, UserGroups } from './generated/protocol';
import { answerTo, call } from './http';

function pathOf(group: string): string {
  return `groups/${encodeURIComponent(group)}`;
}

/** All groups that can be mentioned, by their names. */
export function fetchGroups(token: string): Promise<UserGroups> {
  return answerTo('groups', { token });
}

/** Who is in a group, by their names. */
export function fetchGroupPeople(group: string, token: string): Promise<GroupPeople> {
  return answerTo(pathOf(group), { token });
}

/** Makes a group without anybody in it, or ends one. */
export async function setGroup(group: string, is: boolean, token: string): Promise<void> {
  await call(pathOf(group), { method: is ? 'PUT' : 'DELETE', token });
}

/** Has somebody be in a group, or no more. */
export async function setInGroup(
  group: string,
  user: number,
  isIn: boolean,
  token: string,
): Promise<void> {
  await call(`${pathOf(group)}/people/${user}`, { method: isIn ? 'PUT' : 'DELETE', token });
}
