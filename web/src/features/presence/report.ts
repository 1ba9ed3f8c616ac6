import type { Connection } from '@/features/connection';
import { Activity } from './activity';

const SIGNS_OF_LIFE = [
  'pointerdown',
  'pointermove',
  'keydown',
  'wheel',
  'touchstart',
  'focus',
] as const;

/** Tells the server when this person goes away and comes back; a new connection counts as present. */
export function reportActivity(connection: Connection): void {
  const tell = (away: boolean) =>
    connection.notify({ type: 'presence', state: away ? 'away' : 'online' });
  const activity = new Activity(tell, () => performance.now());
  const note = () => {
    if (document.visibilityState === 'visible') {
      activity.note();
    }
  };
  for (const sign of SIGNS_OF_LIFE) {
    window.addEventListener(sign, note, { capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', note);
  connection.on('welcome', () => {
    if (activity.away) {
      tell(true);
    }
  });
}
