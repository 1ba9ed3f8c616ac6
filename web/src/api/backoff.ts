const SHORTEST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt, `failures` attempts after the connection was last up.
 * The jitter is full, so that the clients of a server that comes back do not arrive together.
 */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures + 1, 10));
  return Math.round(SHORTEST_MS + random() * (ceiling - SHORTEST_MS));
}

/** A server that restarts wants its clients back at once, though not in the same instant. */
export function restartDelayMs(random: () => number): number {
  return Math.round(random() * SHORTEST_MS);
}
