/** Asks for the menu of what an element belongs to, a message or a row, to stand below that. */
export function askForMenu(element: Element): void {
  const { left: clientX, bottom: clientY } = element.getBoundingClientRect();
  const asked = { bubbles: true, cancelable: true, clientX, clientY };
  element.dispatchEvent(new MouseEvent('contextmenu', asked));
}
