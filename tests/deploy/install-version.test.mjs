// A new version comes into place, and one that does not become ready goes again.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const BINARY = process.env.CHINWAG_BIN ?? root('target/debug/chinwag');

/** As much of systemd as the script asks for. */
const SYSTEMCTL = `#!/usr/bin/env bash
cd "$MACHINE"
stop() { if [ -f pid ]; then kill "$(cat pid)" 2>/dev/null && tail --pid="$(cat pid)" -f /dev/null; rm -f pid; fi; true; }
start() { setsid bin/chinwag serve --config chinwag.toml >>log 2>&1 & echo $! >pid; }
echo "$1" >>asked
case $1 in start) start ;; stop) stop ;; restart) stop; start ;; esac
`;

async function freePort() {
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}

/** A machine with a chinwag that serves. */
async function machine(t) {
  const folder = await mkdtemp(join(tmpdir(), 'chinwag-machine-'));
  const at = (name) => join(folder, name);
  await mkdir(at('bin'));
  await copyFile(BINARY, at('bin/chinwag'));
  const port = await freePort();
  const lines = [`data = '${at('data')}'`, "bind = '127.0.0.1'", `port = ${port}`];
  await writeFile(at('chinwag.toml'), lines.join('\n'));
  await writeFile(at('bin/systemctl'), SYSTEMCTL, { mode: 0o755 });
  const env = {
    PATH: `${at('bin')}:${process.env.PATH}`,
    MACHINE: folder,
    CHINWAG_CONFIG: at('chinwag.toml'),
    CHINWAG_ENVIRONMENT: at('chinwag.env'),
    CHINWAG_BINARY: at('bin/chinwag'),
    CHINWAG_BACKUPS: at('backups'),
    CHINWAG_PATIENCE: '30',
  };
  const systemctl = (verb) => run(at('bin/systemctl'), [verb], { env });
  const health = (...more) => run(BINARY, ['health', '--config', at('chinwag.toml'), ...more]);
  t.after(async () => {
    await systemctl('stop');
    await rm(folder, { recursive: true, force: true });
  });
  await systemctl('start');
  await health('--wait', '60');
  const install = (file, more = {}) =>
    run(root('deploy/install-version'), [file], { env: { ...env, ...more } });
  return { at, health, install };
}

test('a version that becomes ready stays, beside a copy of the data and the one before', async (t) => {
  const { at, health, install } = await machine(t);
  await copyFile(BINARY, at('new'));
  const { stdout, stderr } = await install(at('new'));
  assert.equal(stdout.split('\n').at(-2), 'ready');
  assert.match(stderr, /done; the version before is/);
  assert.equal((await readdir(at('backups'))).length, 1);
  assert.match(await readFile(at('asked'), 'utf8'), /restart\n$/);
  await health();
});

test('of messages in PostgreSQL no copy is made', async (t) => {
  const { at, install } = await machine(t);
  await copyFile(BINARY, at('new'));
  // Systemd, which would hand it on, is not here: the server goes on with its file.
  for (const line of [
    'DATABASE_URL=postgres://me@db/chat',
    'DATABASE_URL_FILE=/etc/chinwag/database_url',
  ]) {
    await writeFile(at('chinwag.env'), line);
    const { stderr } = await install(at('new'));
    assert.match(stderr, /messages are in PostgreSQL/);
  }
  assert.ok(!(await readdir(at(''))).includes('backups'));
  await writeFile(at('chinwag.env'), '# DATABASE_URL=is not said\nREDIS_URL=redis://cache');
  await install(at('new'));
  assert.equal((await readdir(at('backups'))).length, 1);
});

test('a version that does not become ready goes, and the one before serves again', async (t) => {
  const { at, health, install } = await machine(t);
  const before = await readFile(at('bin/chinwag'));
  const broken = '#!/bin/sh\n[ "$1" = --version ] && echo chinwag 9 && exit\nexit 1\n';
  await writeFile(at('new'), broken);
  await assert.rejects(install(at('new')), ({ code, stderr }) => {
    assert.equal(code, 1);
    assert.match(stderr, /going back/);
    assert.match(stderr, /the version before serves again/);
    return true;
  });
  assert.ok(before.equals(await readFile(at('bin/chinwag'))));
  await health();
});
