import { reactive } from 'vue';

/** What this person has just pressed and the server has not told yet: whether one reacts, by message and by emoji. */
export const wishes = reactive(new Map<string, ReadonlyMap<string, boolean>>());

export function wishesKey(room: number, seq: number | null): string {
  return `${room}.${seq}`;
}
