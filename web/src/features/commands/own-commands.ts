import { useConnection } from '@/features/connection/store';
import { withNames } from '@/features/messages/mentions';
import { useOutbox } from '@/features/messages/outbox/store';
import { trimmedText } from '@/features/messages/trimmed-text';
import { readMuteTime } from '@/features/notifications/mute-times';
import { useOwnSettings } from '@/features/notifications/own-settings';
import { wishes } from '@/features/notifications/wishes';
import { usePeople } from '@/features/people/store';
import { useRooms } from '@/features/rooms/store';
import { useMembership } from '@/features/rooms/use-membership';
import { isolate } from '@/locales/isolate';
import { t } from '@/locales/late';
import type { OwnCommandName } from './commands';
import { type Named, personAtBegin } from './person-at-begin';
import type { Outcome } from './use-commands';

/** From so many rooms people are asked for; whoever is in more rooms than these knows many already. */
const MOST_ASKED = 5;

const DONE: Outcome = { done: true };

/** Carries out a command that the server does not know. Whether one may do it is said by the server. */
export async function runOwn(
  { name, rest }: { name: OwnCommandName; rest: string },
  room: number,
  go: (address: string) => Promise<void>,
): Promise<Outcome> {
  switch (name) {
    case 'mute':
      return mute(room, rest);
    case 'unmute':
      await setMute(room, undefined);
      return DONE;
    case 'topic':
    case 'invite':
    case 'msg':
      return rest === '' ? problem(t(`commands.${name}.missing`)) : runWith(name, rest, room, go);
  }
}

async function runWith(
  name: 'topic' | 'invite' | 'msg',
  rest: string,
  room: number,
  go: (address: string) => Promise<void>,
): Promise<Outcome> {
  switch (name) {
    case 'topic':
      await useRooms().update(room, { topic: withNames(rest) });
      return DONE;
    case 'invite':
      return bringIn(room, rest);
    case 'msg':
      return write(rest, go);
  }
}

/** The sentences of `/help` about these commands. */
export function ownHelp(): string {
  return t('commands.ownHelp');
}

async function mute(room: number, typed: string): Promise<Outcome> {
  const until = readMuteTime(typed, Date.now());
  if (until === null) {
    return problem(t('notifications.noTime'));
  }
  await setMute(room, until);
  return DONE;
}

function setMute(room: number, mutedUntil: number | undefined): Promise<void> {
  const { mutedUntil: _, ...rest } = wishes.value[room] ?? {};
  return useOwnSettings().setRoom(room, mutedUntil === undefined ? rest : { ...rest, mutedUntil });
}

async function bringIn(room: number, typed: string): Promise<Outcome> {
  const found = await personIn(typed);
  if (found === null || found.rest !== '') {
    return problem(t('commands.nobody', isolate(withNames(typed))));
  }
  await useMembership().add(room, found.person.userId);
  return DONE;
}

async function write(typed: string, go: (address: string) => Promise<void>): Promise<Outcome> {
  const found = await personIn(typed);
  if (found === null) {
    return problem(t('commands.nobody', isolate(withNames(typed).split(/\s/u, 1)[0] ?? '')));
  }
  const text = trimmedText(found.rest);
  if (text === '') {
    return problem(t('commands.msg.missing'));
  }
  const address = await useMembership().openDirect([found.person.userId]);
  const room = useRooms().numberAt(address);
  if (room !== null) {
    await useOutbox().enqueue(room, text);
  }
  await go(address);
  return DONE;
}

/**
 * Who is called at the beginning, of those whom one shares a room with. They are asked for first, or a text for "Anna Lena", who is not known yet,
 * would go to Anna.
 */
async function personIn(typed: string): Promise<{ person: Named; rest: string } | null> {
  const { table } = usePeople();
  const connection = useConnection();
  const asked = useRooms().joined.slice(0, MOST_ASKED);
  // What comes is written into the table like any other list.
  await Promise.allSettled(
    asked.map(({ room }) => connection.request({ type: 'members', room, limit: 200 })),
  );
  return personAtBegin(withNames(typed), table.all());
}

function problem(sentence: string): Outcome {
  return { done: false, problem: sentence };
}
