import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BINARY =
  process.env.CHINWAG_BIN ??
  fileURLToPath(new URL('../../../target/debug/chinwag', import.meta.url));

/** A Chinwag of its own for a test, on a free port and with an empty database. It stops with the test. */
export async function startServer(test, options = []) {
  const data = await mkdtemp(join(tmpdir(), 'chinwag-interop-'));
  let { child, host } = await start(data, '0', options);
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
  };
  const stop = () => end('SIGTERM');
  test.after(async () => {
    await stop();
    await rm(data, { recursive: true, force: true });
  });
  /** Kills it in the middle of whatever it does, and starts it again where it was. */
  const killAndRestart = async () => {
    await end('SIGKILL');
    ({ child } = await start(data, host.split(':')[1], options));
  };
  /** Kills it for good. */
  const kill = () => end('SIGKILL');
  const copy = join(data, 'copy');
  /** Copies the database while the server runs. */
  const backup = () => run('backup', copy, data);
  /** Kills it, and starts it again on what the copy holds, at the same place. */
  const killAndRestore = async () => {
    await end('SIGKILL');
    const restored = join(data, 'restored');
    await run('restore', copy, restored);
    ({ child } = await start(restored, host.split(':')[1], options));
  };
  const url = `http://${host}`;
  return { url, wsUrl: `ws://${host}`, stop, kill, killAndRestart, backup, killAndRestore };
}

async function run(command, file, data) {
  const child = spawn(BINARY, [command, file, '--data', data], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Error(`chinwag ${command} ended with ${code}.`);
  }
}

async function start(data, port, options) {
  const child = spawn(
    BINARY,
    ['serve', '--bind', '127.0.0.1', '--port', port, '--data', data, ...options],
    // Only the address is read; a pipe that nobody empties would stop a talkative server.
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/([^\s:]+:\d+)/.exec(line);
    if (found !== null) {
      child.stdout.resume();
      return { child, host: found[1] };
    }
  }
  throw new Error(`${BINARY} ended before it was ready.`);
}
