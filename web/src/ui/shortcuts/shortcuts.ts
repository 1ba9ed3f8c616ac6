import { type Chord, isPressed, parseKeys } from './keys';

/** The scope of what works wherever the focus is. */
export const EVERYWHERE = 'everywhere';

export interface Shortcut {
  /** `Mod+K`, `Alt+ArrowUp`, `?`: see `parseKeys`. */
  keys: string;
  /** `EVERYWHERE`, or the `data-shortcuts` of the part of the page that the focus has to be in. */
  scope: string;
  /** Works while one types, too. */
  inFields?: boolean;
}

export type ShortcutTable<Id extends string> = Readonly<Record<Id, Shortcut>>;

/** Carries a shortcut out; `false` leaves the key to whoever comes next. */
type Run = (event: KeyboardEvent) => unknown;

/** What is open above the page; the shortcuts of what is below it rest. */
const LAYERS = 'dialog[open], [data-open-layer]';
const NO_TYPING = /^(?:button|checkbox|color|file|image|radio|range|reset|submit)$/;

/** All shortcuts there are, with who carries them out at the moment. */
export class Shortcuts<Id extends string> {
  private readonly chords: ReadonlyMap<Id, Chord>;
  private readonly bound = new Map<Id, Run[]>();

  constructor(
    private readonly table: ShortcutTable<Id>,
    readonly mac: boolean,
  ) {
    this.chords = new Map(this.ids().map((id) => [id, parseKeys(table[id].keys)]));
  }

  /** Answers how to end it. Whoever came last is asked first. */
  bind(id: Id, run: Run): () => void {
    this.bound.set(id, [run, ...(this.bound.get(id) ?? [])]);
    return () => {
      this.bound.set(id, this.bound.get(id)?.filter((each) => each !== run) ?? []);
    };
  }

  /** All of them in the order of the table, also those that nobody carries out at the moment. */
  list(): (Shortcut & { id: Id })[] {
    return this.ids().map((id) => ({ id, ...this.table[id] }));
  }

  /** Carries out what the key means where it was pressed: the nearest scope first. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) {
      return;
    }
    for (const scope of scopesAt(event.target)) {
      for (const id of this.ids()) {
        if (this.table[id].scope === scope && this.isMeant(id, event) && this.run(id, event)) {
          event.preventDefault();
          return;
        }
      }
    }
  }

  private isMeant(id: Id, event: KeyboardEvent): boolean {
    const chord = this.chords.get(id);
    return (
      chord !== undefined &&
      isPressed(chord, event, this.mac) &&
      (this.table[id].inFields === true || !isTypingField(event.target))
    );
  }

  private run(id: Id, event: KeyboardEvent): boolean {
    return (this.bound.get(id) ?? []).some((run) => run(event) !== false);
  }

  private ids(): Id[] {
    return Object.keys(this.table) as Id[];
  }
}

/** Whether something is open above the page, and has the keyboard. */
export function isCovered(): boolean {
  return document.querySelector(LAYERS) !== null;
}

/** From the nearest to the farthest. What is open above the page ends the way. */
function scopesAt(target: EventTarget | null): string[] {
  const scopes: string[] = [];
  let element = target instanceof Element ? target : null;
  while (element !== null) {
    const scope = element.getAttribute('data-shortcuts');
    if (scope !== null) {
      scopes.push(scope);
    }
    if (element.matches(LAYERS)) {
      return scopes;
    }
    element = element.parentElement;
  }
  return isCovered() ? [] : [...scopes, EVERYWHERE];
}

/** Whether a key that writes a character writes it there. */
export function isTypingField(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement && !NO_TYPING.test(target.type)) ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
