import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import Provider from 'oidc-provider';

const CLIENT = 'chinwag';
const SECRET = 'a secret: with + and % in it';

/** A real provider of sign-ins on a port of its own. Who signs in there is whoever `is` was told last. */
export class TestProvider {
  #server;
  #callback;
  #people = new Map();
  #person;
  #denies = false;

  /** `redirectUri` is where it leads back to, the only place. With a `certificate` it speaks TLS. */
  static async start(test, redirectUri, certificate) {
    const provider = new TestProvider();
    provider.redirectUri = redirectUri;
    provider.certificate = certificate;
    await provider.#listen(0);
    test.after(() => provider.stop());
    provider.rotateKeys();
    return provider;
  }

  async #listen(port) {
    const answer = (request, response) => this.#callback(request, response);
    this.#server = this.certificate
      ? createTlsServer(this.certificate, answer)
      : createServer(answer);
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
    this.issuer = `${this.certificate ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Is there again, at the same place. */
  async startAgain() {
    await this.#listen(this.port);
  }

  /** What lets a server use this provider. */
  options(...more) {
    const publicUrl = this.redirectUri.replace('/api/oidc/callback', '');
    const { issuer } = this;
    return [
      ...['--public-url', publicUrl, '--oidc-issuer', issuer, '--oidc-client-id', CLIENT],
      ...['--oidc-client-secret', SECRET, '--oidc-name', 'Example', ...more],
    ];
  }

  /** Who signs in from now on, and what is known of this person. */
  is(sub, claims = {}) {
    this.#person = sub;
    this.#denies = false;
    this.#people.set(sub, { sub, ...claims });
  }

  /** Whoever comes from now on says no. */
  denies() {
    this.#denies = true;
  }

  /** Signs with another key from now on, and knows nothing of the one before. */
  rotateKeys() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const kid = `key-${Date.now()}-${Math.random()}`;
    const key = { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
    this.#provide(key);
  }

  #provide(key) {
    const provider = new Provider(this.issuer, {
      jwks: { keys: [key] },
      cookies: { keys: ['a key for cookies'] },
      clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [this.redirectUri] }],
      scopes: ['openid', 'profile', 'email', 'groups'],
      claims: {
        openid: ['sub'],
        profile: ['name', 'preferred_username'],
        email: ['email', 'email_verified'],
        groups: ['groups'],
      },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => this.#people.get(sub) }),
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc;
        const grant = new provider.Grant({
          clientId: client.clientId,
          accountId: session.accountId,
        });
        grant.addOIDCScope('openid profile email groups');
        await grant.save();
        return grant;
      },
    });
    const rest = provider.callback();
    this.#callback = async (request, response) => {
      if (!request.url.startsWith('/interaction/')) {
        return rest(request, response);
      }
      const result = this.#denies
        ? { error: 'access_denied' }
        : { login: { accountId: this.#person } };
      await provider.interactionFinished(request, response, result);
    };
  }
}
