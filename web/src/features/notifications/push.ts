import type { PushState } from '@/api/generated/protocol';
import { fetchPush, putPushSubscription, removePushSubscription } from '@/api/push';
import { useSession } from '@/features/session/store';
import { flag } from '@/storage/settings';

/** Whether a browser can be pushed to: an iPhone can once the client is on its home screen. */
export type PushSupport = 'supported' | 'install' | 'unsupported';

/** Whether this person wants to be pushed to at this browser, which says nothing of others who use it. */
export const wantsPush = flag('chinwag.push', false, 'account');

/** Takes away what the last person leaves behind. Nothing is subscribed to meanwhile. */
let forgetting: Promise<void> = Promise.resolve();

export function pushSupport(): PushSupport {
  if (
    navigator.serviceWorker !== undefined &&
    'PushManager' in window &&
    'Notification' in window
  ) {
    return 'supported';
  }
  // An iPad says that it is a Mac, which has no screen to touch.
  const isApples = /iPhone|iPad|iPod/.test(navigator.userAgent);
  const isPad = navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1;
  const isInstalled = matchMedia('(display-mode: standalone)').matches;
  return (isApples || isPad) && !isInstalled ? 'install' : 'unsupported';
}

/** How the server sees it, and whether that is so for this browser. */
export async function readPush(): Promise<PushState> {
  const state = await useSession().ask(fetchPush);
  const own = await subscription();
  return state.endpoint === own?.endpoint ? state : { key: state.key };
}

/** Has this browser be pushed to. Called by a press, which may ask the person. False when the person says no. */
export async function turnPushOn(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') {
    return false;
  }
  const { key } = await useSession().ask(fetchPush);
  await subscribe(key);
  wantsPush.value = true;
  return true;
}

export async function turnPushOff(): Promise<void> {
  await useSession().ask(removePushSubscription);
  wantsPush.value = false;
  await (await subscription())?.unsubscribe();
}

/** Browsers lose a subscription now and then, and servers one whose push service was away: with each start both have the same. */
export async function renewPush(): Promise<void> {
  if (!wantsPush.value || pushSupport() !== 'supported' || Notification.permission !== 'granted') {
    return;
  }
  const { key, endpoint } = await useSession().ask(fetchPush);
  await forgetting;
  const own = await subscription();
  if (own === undefined || own.endpoint !== endpoint || !isOf(own, key)) {
    await subscribe(key);
  }
}

/**
 * Whoever comes next to this browser sees nothing that is pushed to the one who leaves. The server ends it as well, but may be out of reach at the
 * moment.
 */
export function forgetPush(): Promise<void> {
  forgetting = forgetting.then(async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    for (const notification of (await registration?.getNotifications?.()) ?? []) {
      notification.close();
    }
    await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  });
  forgetting = forgetting.catch(() => {});
  return forgetting;
}

async function subscribe(key: string): Promise<void> {
  await forgetting;
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before !== null && !isOf(before, key)) {
    // Another server, or another key of it, was here before.
    await before.unsubscribe();
  }
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = (await pushManager.subscribe(options)).toJSON();
  const body = {
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    page: new URL('.', document.baseURI).href,
    language: navigator.language,
  };
  await useSession().ask((token) => putPushSubscription(body, token));
}

async function subscription(): Promise<PushSubscription | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? undefined;
}

/** Whether a subscription is for the server with this key. */
function isOf({ options }: PushSubscription, key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? []);
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key;
}
