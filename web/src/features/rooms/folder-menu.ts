import { useDialogs } from '@/features/dialogs/store';
import { problems } from '@/features/problems/problems';
import { isolate } from '@/locales/isolate';
import { t } from '@/locales/late';
import type { MenuGroups, MenuItem } from '@/ui/menu/items';
import { asked, deleteFolder, putBack, shiftFolder } from './folder-changes';
import { folders } from './folders';
import type { Room } from './room';

/** Puts a room into a folder. */
export function moveItem({ room }: Room): MenuItem {
  return {
    label: t('folders.moveItem'),
    icon: 'folder',
    select: () => {
      asked.value = { room };
      useDialogs().shown = 'moveRoom';
    },
  };
}

/** What can be done with a folder. */
export function folderItems(id: string): MenuGroups {
  const at = folders.value.findIndex((folder) => folder.id === id);
  const rename: MenuItem = {
    label: t('folders.rename'),
    icon: 'pencil',
    select: () => {
      asked.value = { folder: id };
      useDialogs().shown = 'folder';
    },
  };
  const shift = (step: 1 | -1): MenuItem => ({
    label: t(step === 1 ? 'folders.down' : 'folders.up'),
    icon: step === 1 ? 'down' : 'up',
    disabled: folders.value[at + step] === undefined,
    select: () => shiftFolder(id, step),
  });
  const end: MenuItem = {
    label: t('folders.delete'),
    icon: 'close',
    danger: true,
    select: () => deleteWithReturn(id),
  };
  return [[rename, shift(-1), shift(1)], [end]];
}

/** Whoever did not mean it has the folder back for a moment. */
function deleteWithReturn(id: string): void {
  const at = folders.value.findIndex((folder) => folder.id === id);
  const folder = folders.value[at];
  if (folder === undefined) {
    return;
  }
  deleteFolder(id);
  const text = t('folders.deleted', isolate(folder.name));
  const action = { label: t('drafts.undo'), run: () => putBack(folder, at) };
  problems.show({ text, action });
}
