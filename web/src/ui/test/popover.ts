/** Teaches the DOM of the unit tests the `popover` attribute, as far as `ui` relies on it. A browser test sees the rest. */
export function teachPopover(): void {
  const shown = new WeakMap<HTMLElement, Element | null>();

  function tell(element: HTMLElement, type: string, newState: 'open' | 'closed'): void {
    element.dispatchEvent(Object.assign(new Event(type), { newState }));
  }

  HTMLElement.prototype.showPopover = function showPopover(): void {
    if (!shown.has(this)) {
      shown.set(this, document.activeElement);
      tell(this, 'beforetoggle', 'open');
    }
  };
  HTMLElement.prototype.hidePopover = function hidePopover(): void {
    const before = shown.get(this);
    if (shown.delete(this)) {
      tell(this, 'beforetoggle', 'closed');
      if (this.contains(document.activeElement) && before instanceof HTMLElement) {
        before.focus();
      }
      queueMicrotask(() => tell(this, 'toggle', 'closed'));
    }
  };
  HTMLElement.prototype.togglePopover = function togglePopover(): boolean {
    if (shown.has(this)) {
      this.hidePopover();
    } else {
      this.showPopover();
    }
    return shown.has(this);
  };
}
