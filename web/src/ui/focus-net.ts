/**
 * Catches the focus of what is taken from the page, such as a button that goes with what it did, and puts it where one would go on. Whoever
 * takes something away may know a better place, and is left to it.
 */
export function catchLostFocus(places: readonly string[]): () => void {
  let last: Element | null = null;
  const follow = ({ target }: FocusEvent) => {
    last = target as Element;
  };
  const look = () => {
    if (last !== null && !last.isConnected) {
      last = null;
      setTimeout(putDown);
    }
  };
  const putDown = () => {
    if (document.activeElement === document.body) {
      const place = places.map((each) => document.querySelector<HTMLElement>(each)).find(Boolean);
      place?.focus({ preventScroll: true });
    }
  };
  document.addEventListener('focusin', follow);
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', follow);
    observer.disconnect();
  };
}
