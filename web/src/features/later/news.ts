import type { Scheduled } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import { withNames } from '@/features/messages/mentions';
import { problems } from '@/features/problems/problems';
import { t } from '@/locales/late';
import { useScheduled } from './store';

/** What this page has told already. */
const told = new Set<string>();
let following: object | undefined;

/** Looks at what waits, now and whenever that changes, and tells once of what asks for something to be done. `show` shows all of it. */
export function followSchedule(connection: Pick<Connection, 'on'>, show: () => void): void {
  const look = () => void lookAnew(show).catch(() => undefined);
  if (following !== connection) {
    following = connection;
    connection.on('scheduleChanged', look);
  }
  look();
}

/** A reminder is told of when it is due, a message when it could not be sent. */
async function lookAnew(show: () => void): Promise<void> {
  const scheduled = useScheduled();
  await scheduled.refresh();
  const action = { label: t('later.show'), run: show };
  for (const each of scheduled.list ?? []) {
    const key = `${each.id}:${each.at}:${each.state}`;
    if (each.state !== 'waiting' && !told.has(key)) {
      told.add(key);
      problems.show({ text: sentence(each), action });
    }
  }
}

function sentence({ kind, text, message }: Scheduled): string {
  if (kind === 'message') {
    return t('later.notSent');
  }
  const said = message?.type === 'message' ? message.text : '';
  return t('later.remembered', withNames(text === '' ? said : text).slice(0, 120));
}
