/**
 * Asks for something of a room, one question at a time: what makes it uncertain while the answer is on its way has it asked for once more.
 * What fails is left as it was.
 */
export function recounter(ask: (room: number) => Promise<void>): (room: number) => void {
  const uncertain = new Map<number, boolean>();

  async function run(room: number): Promise<void> {
    do {
      uncertain.set(room, false);
      await ask(room).catch(() => undefined);
    } while (uncertain.get(room));
    uncertain.delete(room);
  }

  return (room) => {
    if (uncertain.has(room)) {
      uncertain.set(room, true);
    } else {
      void run(room);
    }
  };
}
