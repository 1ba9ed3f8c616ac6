/** What keeps WebSockets from opening though the server can be reached: a proxy that passes none, or the page's origin. */
export type Obstacle = 'noUpgrade' | 'noOrigin';

/** Asks over HTTP, since browsers do not tell a page why a handshake failed. */
export async function findObstacle(): Promise<Obstacle | undefined> {
  try {
    // A POST says its origin, as a handshake does; what is no handshake for the server is answered with 426.
    const response = await fetch('ws', { method: 'POST' });
    if (response.status === 426) {
      return 'noUpgrade';
    }
    return (await response.text()).includes('--allowed-origins') ? 'noOrigin' : undefined;
  } catch {
    return undefined;
  }
}
