import type { LogEvent } from '@/api/generated/protocol';
import { useGroups } from '@/features/groups/store';
import { crowdsIn, mentions } from '@/features/messages/mentions';

type Message = Pick<Extract<LogEvent, { type: 'message' }>, 'text' | 'mentions'>;

/** Whether a message of somebody else calls a person: by name, with all who are in the room or there, or with a group. */
export async function isCalled(message: Message, person: number | undefined): Promise<boolean> {
  if (person === undefined) {
    return false;
  }
  if (message.mentions?.some(({ userId }) => userId === person)) {
    return true;
  }
  if (crowdsIn(message.text).some((crowd) => crowd.startsWith('&'))) {
    await useGroups().loaded();
  }
  return mentions(message.text, person);
}
