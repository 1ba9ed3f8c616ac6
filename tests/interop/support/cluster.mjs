// Two nodes on one PostgreSQL and one Redis, behind nginx as it is shipped. Everything is in temporary folders, and ends with the test.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from './server.mjs';

const run = promisify(execFile);
const SHIPPED = fileURLToPath(new URL('../../../deploy/nginx.cluster.conf', import.meta.url));
const NGINX = process.env.CHINWAG_NGINX ?? '/usr/sbin/nginx';
const DEBIANS = '/usr/lib/postgresql';
const IS_ROOT = process.getuid() === 0;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Nodes `a` and `b`, as servers of their own, and what stands before them. */
export async function startCluster(t, options = []) {
  const ends = [];
  const nodes = {};
  t.after(async () => {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    for (const end of ends.reverse()) {
      await end();
    }
  });
  const services = [
    ['--database-url', await startPostgres(ends)],
    ['--redis-url', await startRedis(ends)],
    ['--trusted-proxies', '127.0.0.1'],
    ['--files', await folderFor(ends, 'files')],
  ].flat();
  const start = async (name) => {
    nodes[name] = await startServer(t, [...services, '--node-name', name, ...options]);
  };
  await Promise.all([start('a'), start('b')]);
  const port = await startNginx(ends, nodes);
  return { url: `http://127.0.0.1:${port}`, wsUrl: `ws://127.0.0.1:${port}`, nodes };
}

async function folderFor(ends, what) {
  const folder = await mkdtemp(join(tmpdir(), `chinwag-${what}-`));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A program in the background. */
function begin(ends, program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'ignore', ...options });
  ends.push(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  });
  return child;
}

/** PostgreSQL does not run as root. */
const asItsUser = (program, args) =>
  IS_ROOT
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
    : [program, args];

async function startPostgres(ends) {
  const folder = await folderFor(ends, 'postgres');
  await chmod(folder, 0o755);
  if (IS_ROOT) {
    await run('chown', ['postgres:postgres', folder]);
  }
  const versions = (await readdir(DEBIANS)).sort((one, other) => Number(one) - Number(other));
  const program = (name) => join(DEBIANS, versions.at(-1), 'bin', name);
  const data = join(folder, 'data');
  const call = (name, ...args) => run(...asItsUser(program(name), args), { cwd: '/' });
  const trusting = ['--username=postgres', '--auth=trust'];
  await call('initdb', ...trusting, '--no-sync', '--encoding=UTF8', '--locale=C', '-D', data);
  const settings = `-c listen_addresses= -c unix_socket_directories=${folder}`;
  const start = ['start', '--wait', '--silent', '-D', data, '-l', join(folder, 'log')];
  // It keeps what it is given open.
  const started = spawn(...asItsUser(program('pg_ctl'), [...start, '-o', settings]), {
    cwd: '/',
    stdio: 'ignore',
  });
  ends.push(() => call('pg_ctl', 'stop', '--mode=immediate', '--silent', '-D', data));
  const [code] = await once(started, 'exit');
  if (code !== 0) {
    throw new Error(`PostgreSQL does not start: ${await readFile(join(folder, 'log'), 'utf8')}`);
  }
  return `postgres://postgres@${encodeURIComponent(folder)}/postgres`;
}

async function startRedis(ends) {
  const folder = await folderFor(ends, 'redis');
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  const redis = begin(ends, 'redis-server', options);
  const ended = once(redis, 'exit').then(() => {
    throw new Error('redis-server does not start.');
  });
  const ready = (async () => {
    while (
      !(await access(socket).then(
        () => true,
        () => false,
      ))
    ) {
      await pause(10);
    }
  })();
  await Promise.race([ready, ended]);
  ended.catch(() => {});
  return `unix://${socket}`;
}

/** The shipped file on a free port, without the encryption, with the nodes where they are. */
async function startNginx(ends, nodes) {
  const folder = await folderFor(ends, 'nginx');
  // The port is taken here and handed over, as from one nginx to the next, so that nobody else takes it in between.
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  const [shared, , encrypted] = (await readFile(SHIPPED, 'utf8')).split(/^server \{$/m);
  const host = ({ url }) => url.replace('http://', '');
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events {}
http {
  access_log off;
  ${TEMPORARY.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}
  ${shared.replaceAll('172.30.57.11:3000', host(nodes.a)).replaceAll('172.30.57.12:3000', host(nodes.b))}
  server {
    listen 127.0.0.1:${port};
    ${encrypted.replace(/^ *(listen|server_name|ssl_\w+) .*$/gm, '')}
}`,
  );
  begin(ends, NGINX, ['-p', folder, '-c', file, '-e', 'stderr'], {
    env: { NGINX: '3;' },
    stdio: ['ignore', 'ignore', 'ignore', listener._handle.fd],
  });
  // Or some of the connections would come here.
  listener.close();
  return port;
}
