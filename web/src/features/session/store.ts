import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { SessionEnd } from '@/api/close-code';
import { ProtocolError } from '@/api/errors';
import type { Limits, SignedIn, User } from '@/api/generated/protocol';
import { endSession, refreshSession } from '@/api/http';
import { useConnection } from '@/features/connection/store';
import { AccessToken } from './access-token';
import { readSession, type StoredSession, writeSession } from './storage';

/** What the server allows unless its `welcome` says otherwise. */
const USUAL_LIMITS: Limits = {
  messageLength: 2_000,
  historyPage: 200,
  roomsPerPerson: 100,
  fileBytes: 16_777_216,
  filesPerMessage: 10,
};

/** The next person at this browser sees nothing that is pushed to this one. */
function leaveNoPush(): void {
  if (navigator.serviceWorker !== undefined) {
    import('@/features/notifications/push').then(({ forgetPush }) => forgetPush()).catch(() => {});
  }
}

/** Who is signed in here. A session is kept in this browser until it ends: whose it is for the eye, and a cookie for the server. */
export const useSession = defineStore('session', () => {
  const connection = useConnection();
  const stored = readSession();
  if (stored === undefined) {
    // What versions before this one kept is worth nothing, and nobody else's business.
    writeSession(undefined);
  }
  const user = ref<User | null>(stored?.user ?? null);
  /** When the session began here; another value is another session. */
  const since = ref<number | null>(stored?.since ?? null);
  /** The access token of the moment, for those who watch it change. */
  const accessToken = ref<string | null>(null);
  const limits = ref<Limits>(USUAL_LIMITS);
  /** Why the last session of this page ended, when nobody asked for it here. */
  const ended = ref<SessionEnd | null>(null);
  /** A request that may end the session and begin the next one. */
  let exchange: Promise<unknown> | undefined;

  const signedIn = computed(() => since.value !== null);
  const access = new AccessToken({
    refresh: () => refreshSession(),
    onRefreshed: applyRefreshed,
    onRefused: () => end('expired'),
  });

  /** Takes what a sign-in or a registration answered. */
  function begin(session: SignedIn): void {
    const next = { user: session.user, since: Date.now() };
    writeSession(next);
    access.set(session);
    enter(next, session.accessToken);
  }

  /**
   * Carries out a request after which the session is another one. What is told of the end of the present one meanwhile is not for the
   * next one.
   */
  async function replace(request: (token?: string) => Promise<SignedIn>): Promise<void> {
    const coming = (async () => request(signedIn.value ? await access.get() : undefined))();
    const before = user.value?.userId;
    exchange = coming.catch(() => undefined);
    try {
      const session = await coming;
      begin(session);
      if (before !== undefined && before !== session.user.userId) {
        leaveNoPush();
      }
    } finally {
      exchange = undefined;
    }
  }

  /** Carries out a request that ends the session, and the account with it. */
  async function conclude(request: (token: string) => Promise<void>): Promise<void> {
    const coming = ask(request);
    exchange = coming.catch(() => undefined);
    try {
      await coming;
      forget();
    } finally {
      exchange = undefined;
    }
  }

  /** Asks something that takes an access token, and once more when the token turned out to be old. */
  async function ask<T>(request: (token: string) => Promise<T>): Promise<T> {
    const token = await access.get();
    try {
      return await request(token);
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== 'unauthorized') {
        throw error;
      }
      return request(access.last === token ? await access.refresh() : await access.get());
    }
  }

  /** Signs out here in any case; a server that cannot be reached ends an idle session by itself. */
  async function signOut(): Promise<void> {
    const token = Promise.resolve(access.get());
    forget();
    await token.then((text) => endSession(text)).catch(() => undefined);
  }

  async function rename(name: string): Promise<void> {
    const reply = await connection.request({ type: 'rename', name: name.trim() });
    applyUser(reply.user);
  }

  function end(reason: SessionEnd): void {
    if (isReplaced()) {
      follow();
      return;
    }
    forget();
    ended.value = reason;
  }

  /** Whether the session is good still though a connection with it was refused. If not, it ends. */
  async function survives(reason: SessionEnd): Promise<boolean> {
    const mine = since.value;
    await exchange;
    if (since.value !== mine || isReplaced()) {
      follow();
      return false;
    }
    if (reason !== 'expired') {
      end(reason);
      return false;
    }
    // The token was too old, or a server that was restored does not know it.
    await access.refresh().catch(() => undefined);
    return since.value === mine;
  }

  function applyUser(next: User): void {
    user.value = next;
    const kept = readSession();
    // Another window may be further by now.
    if (since.value !== null && kept?.since === since.value) {
      writeSession({ user: next, since: since.value });
    }
  }

  function applyRefreshed(session: SignedIn): void {
    if (session.user.userId === user.value?.userId) {
      applyUser(session.user);
      accessToken.value = session.accessToken;
    } else {
      // The cookie is somebody else's by now.
      begin(session);
    }
  }

  /** Another window of this browser signed out, or signed in anew. */
  function follow(): void {
    const kept = readSession();
    if (kept === undefined && since.value !== null) {
      forget();
      ended.value = 'signedOut';
    } else if (kept !== undefined && kept.since !== since.value) {
      access.clear();
      enter(kept, null);
    } else if (kept !== undefined) {
      user.value = kept.user;
    }
  }

  function isReplaced(): boolean {
    const kept = readSession();
    return kept !== undefined && kept.since !== since.value;
  }

  function enter(next: StoredSession, token: string | null): void {
    ended.value = null;
    user.value = next.user;
    accessToken.value = token;
    since.value = next.since;
  }

  function applyLimits(next: Limits): void {
    limits.value = next;
  }

  function forget(): void {
    writeSession(undefined);
    access.clear();
    accessToken.value = null;
    since.value = null;
    user.value = null;
    leaveNoPush();
  }

  return {
    user,
    since,
    accessToken,
    limits,
    ended,
    signedIn,
    token: () => access.get(),
    begin,
    replace,
    conclude,
    ask,
    signOut,
    rename,
    end,
    survives,
    follow,
    applyUser,
    applyLimits,
  };
});
