import type { Connection } from '@/features/connection';
import { subjectOf } from '@/features/people';
import { SESSION_KEY } from './storage';
import { useSession } from './store';

export function registerSessionEvents(connection: Connection): void {
  const session = useSession();
  connection.on('welcome', (frame) => {
    session.applyUser(frame.user);
    session.applyLimits(frame.limits);
  });
  connection.on('memberRenamed', (event) => {
    const { userId, name } = subjectOf(event);
    const { user } = session;
    if (user?.userId === userId && user.name !== name) {
      session.applyUser({ ...user, name });
    }
  });
  // Given on another device; without a room no log tells it.
  connection.on('userRenamed', ({ user }) => session.applyUser(user));
  window.addEventListener('storage', ({ key }) => {
    if (key === SESSION_KEY || key === null) {
      session.follow();
    }
  });
}
