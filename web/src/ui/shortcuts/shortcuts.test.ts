import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERYWHERE, Shortcuts, type ShortcutTable } from './shortcuts';

type Id = 'switch' | 'help' | 'close' | 'edit' | 'search' | 'closeMenu';

const TABLE: ShortcutTable<Id> = {
  switch: { keys: 'Mod+K', scope: EVERYWHERE, inFields: true },
  help: { keys: '?', scope: EVERYWHERE },
  close: { keys: 'Escape', scope: EVERYWHERE },
  edit: { keys: 'E', scope: 'message' },
  search: { keys: 'Escape', scope: 'message' },
  closeMenu: { keys: 'Escape', scope: 'layer' },
};

let shortcuts: Shortcuts<Id>;
const handle = (event: KeyboardEvent) => shortcuts.handle(event);

beforeEach(() => {
  shortcuts = new Shortcuts(TABLE, false);
  document.addEventListener('keydown', handle);
  document.body.innerHTML = `
    <input id="field"><input id="box" type="checkbox"><textarea id="area"></textarea>
    <div id="log"><article data-shortcuts="message"><a id="link" href="#">12:00</a></article></div>
    <div id="layer"><button id="item" data-shortcuts="layer">Item</button></div>`;
});
afterEach(() => document.removeEventListener('keydown', handle));

/** Presses a key in an element; answers whether somebody took it. */
function press(id: string, key: string, init: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  (document.getElementById(id) ?? document.body).dispatchEvent(event);
  return event.defaultPrevented;
}

function bound(id: Id) {
  const run = vi.fn((): unknown => undefined);
  return { run, unbind: shortcuts.bind(id, run) };
}

describe('a shortcut', () => {
  it('is carried out by who is bound to it, for as long', () => {
    const { run, unbind } = bound('help');
    expect(press('link', '?')).toBe(true);
    expect(run).toHaveBeenCalledOnce();
    unbind();
    expect(press('link', '?')).toBe(false);
    expect(run).toHaveBeenCalledOnce();
  });

  it('leaves the key alone when nobody is bound', () => {
    expect(press('link', '?')).toBe(false);
  });

  it('does not disturb who types, unless it is meant to', () => {
    const help = bound('help');
    const go = bound('switch');
    expect(press('field', '?')).toBe(false);
    expect(press('area', '?')).toBe(false);
    expect(help.run).not.toHaveBeenCalled();
    expect(press('box', '?')).toBe(true);
    expect(press('area', 'k', { ctrlKey: true })).toBe(true);
    expect(go.run).toHaveBeenCalledOnce();
  });

  it('waits for the end of a composition, and for no key that was taken', () => {
    const { run } = bound('switch');
    press('area', 'k', { ctrlKey: true, isComposing: true });
    document.getElementById('area')?.addEventListener('keydown', (event) => event.preventDefault());
    press('area', 'k', { ctrlKey: true });
    expect(run).not.toHaveBeenCalled();
  });

  it('belongs to its part of the page', () => {
    const { run } = bound('edit');
    expect(press('log', 'e')).toBe(false);
    expect(press('link', 'e')).toBe(true);
    expect(run).toHaveBeenCalledOnce();
  });

  it('goes to the nearest scope, and on when that passes', () => {
    const far = bound('close');
    const near = bound('search');
    press('link', 'Escape');
    expect(far.run).not.toHaveBeenCalled();
    near.run.mockReturnValue(false);
    press('link', 'Escape');
    expect(far.run).toHaveBeenCalledOnce();
  });

  it('goes to whoever came last, and to the one before when he passes', () => {
    const first = bound('close');
    const last = bound('close');
    press('log', 'Escape');
    expect(first.run).not.toHaveBeenCalled();
    last.run.mockReturnValue(false);
    press('log', 'Escape');
    expect(first.run).toHaveBeenCalledOnce();
  });

  it.each(['data-open-layer', 'role'])('rests below what is open (%s)', (attribute) => {
    const isOpen = attribute === 'data-open-layer';
    const page = bound('close');
    const layer = bound('closeMenu');
    document.getElementById('layer')?.setAttribute(attribute, '');
    press('log', 'Escape');
    expect(page.run).toHaveBeenCalledTimes(isOpen ? 0 : 1);
    press('item', 'Escape');
    expect(layer.run).toHaveBeenCalledOnce();
  });

  it('is listed with the others, bound or not', () => {
    expect(shortcuts.list().map(({ id, keys }) => [id, keys])).toContainEqual(['edit', 'E']);
    expect(shortcuts.list()).toHaveLength(Object.keys(TABLE).length);
  });
});
