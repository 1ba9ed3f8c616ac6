/** As much of a browser as a sign-in takes: it follows redirects one by one, and keeps the cookies of each server. */
export class Browser {
  #cookies = new Map();

  /** `publicUrl` is where people reach the server, which is at `url` here. */
  constructor(url, publicUrl) {
    this.url = url;
    this.publicUrl = publicUrl;
  }

  #jar(place) {
    const { host } = new URL(place);
    const jar = this.#cookies.get(host) ?? new Map();
    this.#cookies.set(host, jar);
    return jar;
  }

  /** The cookie of this name that the server left. */
  cookie(name) {
    return this.#jar(this.url).get(name)?.value;
  }

  setCookie(name, value) {
    this.#jar(this.url).set(name, { value, path: '/' });
  }

  async #fetch(place, options = {}) {
    const real = place.startsWith(this.publicUrl)
      ? this.url + place.slice(this.publicUrl.length)
      : place;
    const { pathname } = new URL(real);
    const jar = this.#jar(real);
    const sent = [...jar].filter(([, { path }]) => pathname.startsWith(path));
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(real, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...rest] = line.split(/;\s*/);
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = rest.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const isGone =
        value === '' ||
        rest.some((one) => /^max-age=0$/i.test(one) || /^expires=.*1970/i.test(one));
      isGone ? jar.delete(name) : jar.set(name, { value, path });
    }
    return response;
  }

  /** Calls the server. */
  async call(method, path, body, token) {
    const headers = {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    };
    const response = await this.#fetch(`${this.url}/api/${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Goes to an address and on from there, until no redirect follows or the next one leads to a place that `until` knows. Answers that place. */
  async go(place, until = () => false) {
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await this.#fetch(place);
      await response.arrayBuffer();
      const next = response.headers.get('location');
      if (next === null) {
        throw new Error(`${place} answers ${response.status} and leads nowhere.`);
      }
      place = new URL(
        next,
        place.startsWith(this.url) ? place.replace(this.url, this.publicUrl) : place,
      ).href;
      if (until(place) || place.startsWith(`${this.publicUrl}/#`)) {
        return place;
      }
    }
    throw new Error('Too many redirects.');
  }

  /** Signs in by the provider. Answers the word with which the page is told how it went. */
  async signIn(invite) {
    const query = invite === undefined ? '' : `?invite=${invite}`;
    return word(await this.go(`${this.publicUrl}/api/oidc/start${query}`));
  }

  /** Signs in up to the moment at which the provider leads back. */
  async signInUntilBack() {
    const start = `${this.publicUrl}/api/oidc/start`;
    return this.go(start, (place) => place.startsWith(`${this.publicUrl}/api/oidc/callback`));
  }

  /** Who one is, by the cookie alone, as a page finds out that is opened. */
  async person() {
    const { status, body } = await this.call('POST', 'session/refresh');
    return status === 200 ? { token: body.accessToken, ...body.user } : undefined;
  }
}

/** The word behind the # of the page. */
export function word(place) {
  return /#provider=(.+)$/.exec(place)?.[1];
}
