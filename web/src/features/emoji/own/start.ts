import { effectScope, h, watch } from 'vue';
import { fetchEmoji } from '@/api/emoji';
import type { Connection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import { emojiShown } from '../shown';
import './own-emoji.css';
import { addressOfEmoji, noteOwnEmoji, setOwnEmoji } from './table';

let started: object | undefined;
/** How often something was told: an answer that was under way meanwhile may not know it. */
let told = 0;

/** Begins to show the emoji of the server, and asks for all of them anew with each call. */
export function followEmoji(connection: Connection): void {
  const session = useSession();
  if (started !== session) {
    started = session;
    effectScope(true).run(() => follow(connection));
    emojiShown.value = shown;
  }
  void load();
}

/** A text is never read as HTML: its emoji are pictures with their names. */
function shown(name: string) {
  const src = addressOfEmoji(name);
  const alt = `:${name}:`;
  return src === undefined ? undefined : h('img', { class: 'own-emoji', src, alt, title: alt });
}

function follow(connection: Connection): void {
  const session = useSession();
  connection.on('directory', ({ emoji }) => {
    for (const { name, picture } of emoji ?? []) {
      told += 1;
      noteOwnEmoji(name, picture);
    }
  });
  watch(
    () => session.user?.userId,
    () => {
      told += 1;
      setOwnEmoji([]);
    },
    { flush: 'sync' },
  );
}

/** Without an answer, what was known stays until the next welcome. */
async function load(): Promise<void> {
  const before = told;
  const answer = await useSession()
    .ask(fetchEmoji)
    .catch(() => undefined);
  if (answer === undefined) {
    return;
  }
  if (before === told) {
    setOwnEmoji(answer.emoji);
  } else {
    void load();
  }
}
