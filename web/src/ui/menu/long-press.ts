/** How long a finger rests, in milliseconds, and how far it may slip, in CSS pixels. */
const LONG_PRESS_MS = 500;
const SLIP_PX = 10;

/** Where a finger came down. */
export interface LongPressStart {
  target: EventTarget | null;
  clientX: number;
  clientY: number;
}

/**
 * Tells when a finger that has rested is lifted, as not every browser makes a `contextmenu` of that. Not sooner: the
 * browser closes what opens while the finger is still down.
 */
export class LongPress {
  private timer: number | undefined;
  private start: LongPressStart | undefined;
  private rested = false;

  constructor(private readonly onLongPress: (start: LongPressStart) => void) {}

  onTouchStart({ touches }: TouchEvent): void {
    this.cancel();
    const [finger] = touches;
    if (finger && touches.length === 1) {
      const { target, clientX, clientY } = finger;
      this.start = { target, clientX, clientY };
      this.timer = window.setTimeout(() => this.rest(), LONG_PRESS_MS);
    }
  }

  onTouchMove({ touches: [finger] }: TouchEvent): void {
    const { start, rested } = this;
    if (start && finger && !rested) {
      const slip = Math.hypot(finger.clientX - start.clientX, finger.clientY - start.clientY);
      if (slip > SLIP_PX) {
        this.cancel();
      }
    }
  }

  onTouchEnd(event: TouchEvent): void {
    const { start, rested } = this;
    this.cancel();
    if (start && rested) {
      // No click comes of it, nor a press of a mouse that would close what opens now.
      event.preventDefault();
      this.onLongPress(start);
    }
  }

  /** Whether a finger is down, so that a `contextmenu` is about it. */
  get touching(): boolean {
    return this.start !== undefined;
  }

  /** The clock or the browser says that the finger has rested. */
  rest(): void {
    window.clearTimeout(this.timer);
    this.rested = true;
  }

  cancel(): void {
    window.clearTimeout(this.timer);
    this.start = undefined;
    this.rested = false;
  }
}
