/** Teaches the DOM of the unit tests the `popover` attribute, as far as `ui` relies on it. A browser test sees the rest. */
export function teachPopover(): void {
  const shown = new WeakMap<HTMLElement, Element | null>();

  function toggle(element: HTMLElement, newState: 'open' | 'closed'): void {
    const event = Object.assign(new Event('beforetoggle'), { newState });
    element.dispatchEvent(event);
  }

  HTMLElement.prototype.showPopover = function showPopover(): void {
    if (!shown.has(this)) {
      shown.set(this, document.activeElement);
      toggle(this, 'open');
    }
  };
  HTMLElement.prototype.hidePopover = function hidePopover(): void {
    const before = shown.get(this);
    if (shown.delete(this)) {
      toggle(this, 'closed');
      if (this.contains(document.activeElement) && before instanceof HTMLElement) {
        before.focus();
      }
    }
  };
  document.addEventListener('click', ({ target }) => {
    const trigger = target instanceof Element ? target.closest('[popovertarget]') : null;
    const popover = document.getElementById(trigger?.getAttribute('popovertarget') ?? '');
    if (popover !== null) {
      if (shown.has(popover)) {
        popover.hidePopover();
      } else {
        popover.showPopover();
      }
    }
  });
}
