import { afterEach, beforeEach, expect, it } from 'vitest';
import { problems } from '@/features/problems/problems';
import { readSettingsOf } from '@/storage/settings';
import { createFolder, moveRoom, renameFolder } from './folder-changes';
import { folderItems } from './folder-menu';
import { folders } from './folders';

beforeEach(() => {
  localStorage.clear();
  readSettingsOf(null);
  readSettingsOf(7);
});
afterEach(() => problems.clear());

const shown = () => folders.value.map(({ name, rooms }) => [name, rooms]);
const drop = (id: string) => folderItems(id).flat().at(-1)?.select?.();
const undo = () => problems.shown.value[0]?.action?.run();

it('gives a deleted folder back where it was, and leaves what was changed meanwhile', () => {
  const [work, home] = [createFolder('Work'), createFolder('Home')];
  moveRoom(1, work);
  moveRoom(2, work);
  drop(work);
  expect(shown()).toEqual([['Home', []]]);
  renameFolder(home, 'At home');
  moveRoom(2, home);
  createFolder('Third');
  undo();
  expect(shown()).toEqual([
    ['Work', [1]],
    ['At home', [2]],
    ['Third', []],
  ]);
});

it('is there once, however often it is given back', () => {
  const work = createFolder('Work');
  drop(work);
  undo();
  undo();
  expect(shown()).toEqual([['Work', []]]);
});
