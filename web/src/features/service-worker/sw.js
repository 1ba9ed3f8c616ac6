// Serves the client when there is no line, and shows what is pushed. `scripts/service-worker.mjs` puts the files of the build in.
const FILES = ['__FILES__'];
const VERSION = '__VERSION__';
/** A line that does not answer by then is as good as none. */
const PATIENCE_MS = 5_000;

const scope = new URL(self.registration.scope);
const within = (path) => new URL(path, scope).href;
/** Other Chinwags of this origin have other paths, none of which has a question mark in it. */
const OWN_CACHES = `chinwag-${scope.pathname}?`;
const CACHE = `${OWN_CACHES}${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  // The page of this version, whatever the browser has kept of another one; the names of all other files say what is in them.
  await cache.put(within('./'), await fetched(new Request(within('./'), { cache: 'reload' })));
  await cache.addAll(FILES.map(within));
}

async function fetched(request) {
  const response = await fetch(request);
  if (!response.ok) {
    throw new Error(`${request.url} answers ${response.status}.`);
  }
  return response;
}

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers());
});

async function forgetOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(OWN_CACHES) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener('message', ({ data, ports }) => {
  if (data === 'take over') {
    self.skipWaiting();
  } else if (data === 'version') {
    ports[0]?.postMessage(VERSION);
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
  if (request.method !== 'GET' || !isOurs) {
    return;
  }
  const path = url.pathname.slice(scope.pathname.length);
  if (request.mode === 'navigate' && (path === '' || path.startsWith('rooms/'))) {
    event.respondWith(page(request));
  } else if (path.startsWith('assets/') || FILES.includes(path)) {
    event.respondWith(asset(event));
  }
  // All else is the server's: nothing of the interface and no file of anybody is kept.
});

/** The page of the server, and the kept one when it does not come: so nobody sees an older version while there is a line. */
async function page(request) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    return await fetch(request, { signal: giveUp.signal });
  } catch {
    return (await kept(within('./'))) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

/** A file of the client: most have a name that says what is in them. Letters and the like are kept when they come. */
async function asset(event) {
  const { request } = event;
  const own = await kept(request, { ignoreSearch: true, ignoreVary: true });
  if (own !== undefined) {
    return own;
  }
  const response = await fetch(request);
  if (response.ok) {
    // Where there is no space left it comes over the line the next time, too.
    event.waitUntil(keep(request, response.clone()).catch(() => {}));
  }
  return response;
}

async function keep(request, response) {
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
}

/** What is kept. Browsers that do not let us look have nothing. */
async function kept(request, options) {
  try {
    return await caches.match(request, options);
  } catch {
    return undefined;
  }
}

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data));
});

/** Something is shown in any case: browsers take the right away from whoever is pushed to and shows nothing. */
async function show(data) {
  let told = {};
  try {
    told = data?.json().notification ?? {};
  } catch {
    // Not one of ours.
  }
  const { title = 'Chinwag', body = '', tag = 'chinwag', navigate = scope.href, lang } = told;
  await self.registration.showNotification(title, {
    body,
    tag,
    lang,
    renotify: true,
    icon: within('icon-192.png'),
    data: { navigate },
  });
  for (const window of await windows()) {
    window.postMessage({ pushed: tag });
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data?.navigate ?? scope.href));
});

/** Those of this client, the last used one first. */
async function windows() {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope.href));
}

async function lead(address) {
  const url = new URL(address, scope);
  const target = url.href.startsWith(scope.href) ? url : scope;
  const [open] = await windows();
  if (open === undefined) {
    await self.clients.openWindow(target.href);
    return;
  }
  open.postMessage({ open: target.href });
  await open.focus();
}
