/** Letters that follow one another within this time are one word, in milliseconds. */
const PAUSE_MS = 700;

/** Finds an item by the first letters of its label, as they are typed. */
export class Typeahead {
  private typed = '';
  private lastAt = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds, from whatever beginning. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether a space would be a part of what is being typed. */
  get typing(): boolean {
    return this.typed !== '' && this.now() - this.lastAt <= PAUSE_MS;
  }

  /** What comes next begins a word. */
  reset(): void {
    this.typed = '';
  }

  /** The label that is meant after one more letter, or `undefined` when there is none. `current` is -1 for none. */
  type(letter: string, labels: readonly string[], current: number): number | undefined {
    this.typed = (this.typing ? this.typed : '') + letter.toLocaleLowerCase();
    this.lastAt = this.now();
    const [first = ''] = this.typed;
    // One letter again and again goes through all that begin with it.
    const same = [...this.typed].every((each) => each === first);
    const sought = same ? first : this.typed;
    const start = same ? current + 1 : Math.max(current, 0);
    for (let step = 0; step < labels.length; step += 1) {
      const index = (start + step) % labels.length;
      if (labels[index]?.toLocaleLowerCase().startsWith(sought)) {
        return index;
      }
    }
    return undefined;
  }
}
