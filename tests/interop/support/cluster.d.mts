/** A node, as the other tests have their servers. */
interface Node {
  url: string;
  kill(): Promise<void>;
}

/** Two nodes behind nginx. `after` is given what ends them. */
export function startCluster(
  test: { after(end: () => Promise<void>): void },
  options?: string[],
): Promise<{ url: string; nodes: { a: Node; b: Node } }>;
