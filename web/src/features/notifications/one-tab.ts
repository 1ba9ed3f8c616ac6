const NOTIFIER = 'chinwag.notifier';
const LOOKING = 'chinwag.looking';

/** Which of a browser's windows notifies: one alone, and none while somebody looks at another one. */
export class OneTab {
  /** A browser without locks has every window notify. */
  private first = navigator.locks === undefined;
  private leave: (() => void) | undefined;

  constructor() {
    // Held until this window closes; then another one has it.
    navigator.locks
      ?.request(NOTIFIER, () => {
        this.first = true;
        return new Promise<void>(() => {});
      })
      .catch(() => {
        this.first = true;
      });
  }

  /** Says whether somebody looks at this window. */
  note(looking: boolean): void {
    this.leave?.();
    this.leave = undefined;
    if (looking) {
      const looked = new Promise<void>((resolve) => {
        this.leave = resolve;
      });
      navigator.locks?.request(LOOKING, { mode: 'shared' }, () => looked).catch(() => {});
    }
  }

  /** Whether it is this window that notifies now. */
  async mayNotify(): Promise<boolean> {
    if (!this.first || this.leave !== undefined) {
      return false;
    }
    const { held } = (await navigator.locks?.query()) ?? {};
    return !held?.some(({ name }) => name === LOOKING);
  }
}
