import type { Connection } from '@/features/connection';
import { Activity } from './activity';
import { away } from './away';

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
  const tell = () => connection.notify({ type: 'presence', state: away.value ? 'away' : 'online' });
  const change = (next: boolean) => {
    away.value = next;
    tell();
  };
  away.value = false;
  const activity = new Activity(change, () => performance.now());
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
    if (away.value) {
      tell();
    }
  });
}
