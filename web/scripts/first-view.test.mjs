import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstViewFiles, staticImports } from './first-view.mjs';

describe('static imports', () => {
  it('are imports and exports from elsewhere, however they are written', () => {
    const code =
      'import{a as b}from"./a.js";import"./b.js";export*from"./c.js";export{d}from"./d.js";export const e=b;';
    expect(staticImports(code)).toEqual(['./a.js', './b.js', './c.js', './d.js']);
  });

  it('are not what is asked for later, nor what only looks like one', () => {
    const code =
      'const later=()=>import("./later.js");const text=`import"./no.js"`;export{later,text};';
    expect(staticImports(code)).toEqual([]);
  });
});

describe('the files of the first view', () => {
  let dist;

  beforeEach(async () => {
    dist = await mkdtemp(join(tmpdir(), 'chinwag-first-view-'));
    await mkdir(join(dist, 'assets'));
    const files = {
      'index.html':
        '<link rel="apple-touch-icon" href="./touch.png"><link rel="stylesheet" href="./assets/index.css"><script type="module" src="./assets/index.js"></script>',
      'assets/index.css': '',
      'assets/index.js': 'import"./vendor.js";import("./picker.js")',
      'assets/vendor.js': 'import"./shared.js";import"./index.js"',
      'assets/shared.js': '',
      'assets/picker.js': 'import"./shared.js";import"./picker-data.js"',
      'assets/picker.css': '',
      'assets/picker-data.js': '',
    };
    for (const [path, text] of Object.entries(files)) {
      await writeFile(join(dist, path), text);
    }
  });

  afterEach(() => rm(dist, { recursive: true }));

  it('are the page, its links and what they import, but nothing lazy', async () => {
    expect(await firstViewFiles(dist)).toEqual([
      'index.html',
      'assets/index.css',
      'assets/index.js',
      'assets/vendor.js',
      'assets/shared.js',
    ]);
  });
});
