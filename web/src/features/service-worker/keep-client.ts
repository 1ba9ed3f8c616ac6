import { router } from '@/app/router';
import { closeNotice } from '@/features/notifications/desktop';
import { renewPush } from '@/features/notifications/push';
import { problems } from '@/features/problems/problems';
import { t } from '@/locales/late';

/** Between two looks for a newer version, for pages that stay open. */
const LOOK_MS = 30 * 60_000;
/** A worker answers at once, unless it is of another make. */
const PATIENCE_MS = 5_000;

let kept: Promise<ServiceWorkerRegistration> | undefined;
let reloads = false;
/** The notice of a newer version that is on show. */
let told: number | undefined;

/**
 * Has the browser keep the client for when there is no line, and says when there is a newer one. Called again it looks whether there is: the server
 * may have been away for it.
 */
export async function keepClient(): Promise<void> {
  if (navigator.serviceWorker === undefined) {
    return;
  }
  const isFirst = kept === undefined;
  kept ??= register(navigator.serviceWorker);
  const registration = await kept.catch((error: unknown) => {
    // The next time it may work.
    kept = undefined;
    throw error;
  });
  if (!isFirst) {
    await registration.update();
  }
  await renewPush();
}

async function register(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  container.addEventListener('message', hear);
  container.addEventListener('controllerchange', followController);
  const registration = await container.register(new URL('sw.js', document.baseURI));
  if (registration.waiting !== null) {
    void meet(registration.waiting);
  }
  const meetInstalled = ({ target }: Event) => {
    const worker = target as ServiceWorker;
    // The first one takes its place by itself.
    if (worker.state === 'installed' && registration.active !== null) {
      void meet(worker);
    }
  };
  // One may have been found already, whose `updatefound` is over or comes yet: it is listened to once in any case.
  const awaitInstalled = () =>
    registration.installing?.addEventListener('statechange', meetInstalled);
  awaitInstalled();
  registration.addEventListener('updatefound', awaitInstalled);
  setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
  return registration;
}

function followController(): void {
  const { controller } = navigator.serviceWorker;
  if (reloads) {
    location.reload();
  } else if (controller !== null) {
    void meet(controller);
  }
}

/** One of this page's version takes its place, since the page came over the line a moment ago; of another one the person is told. */
async function meet(worker: ServiceWorker): Promise<void> {
  if ((await versionOf(worker)) === ownVersion()) {
    worker.postMessage('take over');
  } else {
    tellOfNewer(worker);
  }
}

const ownVersion = () => document.querySelector<HTMLMetaElement>('meta[name=version]')?.content;

function versionOf(worker: ServiceWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, PATIENCE_MS);
    worker.postMessage('version', [port2]);
  });
}

function tellOfNewer(worker: ServiceWorker): void {
  if (told !== undefined) {
    problems.dismiss(told);
  }
  told = problems.show({
    text: t('notifications.newVersion'),
    lasts: true,
    action: { label: t('notifications.reload'), run: () => reloadWith(worker) },
  });
}

function reloadWith(worker: ServiceWorker): void {
  reloads = true;
  if (worker.state === 'installed') {
    worker.postMessage('take over');
  } else {
    location.reload();
  }
}

/** What a service worker says to its pages. */
function hear({ data }: MessageEvent<{ open?: unknown; pushed?: unknown } | null>): void {
  if (typeof data?.open === 'string') {
    lead(data.open);
  }
  const room = typeof data?.pushed === 'string' ? /^room-(\d+)$/.exec(data.pushed)?.[1] : undefined;
  if (room !== undefined) {
    // The push says the same, and stays when the page goes.
    closeNotice(Number(room));
  }
}

/** Goes to an address of this client without loading it anew. */
function lead(address: string): void {
  const base = new URL(document.baseURI);
  const url = new URL(address, base);
  if (url.href.startsWith(base.href)) {
    void router.push(`/${url.href.slice(base.href.length)}`);
  }
}
