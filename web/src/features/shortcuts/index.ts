import { onScopeDispose } from 'vue';
import { isMac } from '@/ui/shortcuts/is-mac';
import { Shortcuts } from '@/ui/shortcuts/shortcuts';
import { SHORTCUTS, type ShortcutId } from './table';

export const shortcuts = new Shortcuts<ShortcutId>(SHORTCUTS, isMac());

/** Hears the keys of the whole page, after whatever has the focus has heard them. */
export function listenForShortcuts(): void {
  const handle = (event: KeyboardEvent) => shortcuts.handle(event);
  document.addEventListener('keydown', handle);
  onScopeDispose(() => document.removeEventListener('keydown', handle));
}

/** Carries a shortcut out while the component is there; `false` leaves the key to whoever was there before. */
export function useShortcut(id: ShortcutId, run: (event: KeyboardEvent) => unknown): void {
  onScopeDispose(shortcuts.bind(id, run));
}
