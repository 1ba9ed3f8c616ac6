import type { Connection } from '@/features/connection';
import { SESSION_KEY } from './storage';
import { useSession } from './store';

export function registerSessionEvents(connection: Connection): void {
  const session = useSession();
  connection.on('welcome', (frame) => {
    session.takeUser(frame.user);
    session.takeLimits(frame.limits);
  });
  connection.on('memberRenamed', ({ userId, name }) => {
    const { user } = session;
    if (user?.userId === userId && user.name !== name) {
      session.takeUser({ ...user, name });
    }
  });
  window.addEventListener('storage', ({ key }) => {
    if (key === SESSION_KEY || key === null) {
      session.follow();
    }
  });
}
