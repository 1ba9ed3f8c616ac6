// A provider of sign-ins that speaks TLS, with a certificate that the server knows or does not.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { TestProvider } from './support/provider.mjs';
import { startServer } from './support/server.mjs';

const PUBLIC = 'http://chat.example.org';

/** An authority of this test, and the certificate of a server by it. */
function certify(test) {
  const folder = mkdtempSync(join(tmpdir(), 'chinwag-tls-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name) => join(folder, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  const days = ['-days', '2', '-sha256'];
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  const [ca, caKey, request] = [file('ca.pem'), file('ca.key'), file('server.csr')];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    caKey,
    '-out',
    ca,
    ...days,
    '-subj',
    '/CN=Test authority',
  );
  openssl(
    'req',
    '-new',
    ...key,
    '-keyout',
    file('server.key'),
    '-out',
    request,
    '-subj',
    '/CN=provider',
  );
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1\n');
  const by = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-extfile', file('names')];
  openssl('x509', '-req', '-in', request, '-out', file('server.pem'), ...by, ...days);
  const [serverKey, cert] = [file('server.key'), file('server.pem')].map((name) =>
    readFileSync(name),
  );
  return { authority: ca, certificate: { key: serverKey, cert } };
}

test('a provider is believed with a certificate of an authority that the system knows', async (t) => {
  const { authority, certificate } = certify(t);
  const provider = await TestProvider.start(t, `${PUBLIC}/api/oidc/callback`, certificate);
  provider.is('u-1', { preferred_username: 'alex' });
  // The browser of this test looks at no certificate; the server is what is tested.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const signIn = async () => {
    const server = await startServer(t, provider.options('--oidc-create', 'always'));
    const browser = new Browser(server.url, PUBLIC);
    return [await browser.signIn(), (await browser.person())?.name];
  };
  process.env.SSL_CERT_FILE = authority;
  assert.deepEqual(await signIn(), ['in', 'alex']);
  process.env.SSL_CERT_FILE = certify(t).authority;
  assert.deepEqual(await signIn(), ['unreachable', undefined]);
});
