import { useGroups } from './store';

const GROUP = /<@&(?<name>[^>]{1,160})>/g;

/** Whether a text mentions a group in which this person is, as far as is known: one that is not known yet may be. */
export function mayMean(text: string): boolean {
  if (!text.includes('<@&')) {
    return false;
  }
  const groups = useGroups();
  const all = groups.known();
  return [...text.matchAll(GROUP)].some(({ groups: found }) => {
    const group = all.find(({ name }) => name === found?.name);
    return group?.mine ?? !groups.isFresh();
  });
}
