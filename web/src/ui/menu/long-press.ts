/** How long a finger rests, in milliseconds, and how far it may slip, in CSS pixels. */
const LONG_PRESS_MS = 500;
const SLIP_PX = 10;

/**
 * Tells when a finger that has rested is lifted, as not every browser makes a `contextmenu` of that. Not sooner: the
 * browser closes what opens while the finger is still down.
 */
export class LongPress {
  private timer: number | undefined;
  private start: PointerEvent | undefined;
  private rested = false;

  constructor(private readonly onLongPress: (start: PointerEvent) => void) {}

  down(event: PointerEvent): void {
    this.cancel();
    if (event.pointerType === 'touch' && event.isPrimary) {
      this.start = event;
      this.timer = window.setTimeout(() => this.rest(), LONG_PRESS_MS);
    }
  }

  move({ clientX, clientY }: PointerEvent): void {
    const { start, rested } = this;
    if (
      start &&
      !rested &&
      Math.hypot(clientX - start.clientX, clientY - start.clientY) > SLIP_PX
    ) {
      this.cancel();
    }
  }

  /** Whether a finger is down, so that a `contextmenu` is about it. */
  get touching(): boolean {
    return this.start !== undefined;
  }

  /** The browser or the clock says that the finger has rested. */
  rest(): void {
    window.clearTimeout(this.timer);
    this.rested = true;
  }

  up(): void {
    const { start, rested } = this;
    this.cancel();
    if (start && rested) {
      this.onLongPress(start);
    }
  }

  cancel(): void {
    window.clearTimeout(this.timer);
    this.start = undefined;
    this.rested = false;
  }
}
