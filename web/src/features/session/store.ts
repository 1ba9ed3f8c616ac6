import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Limits, User } from '@/api/generated/protocol';
import { createSession, endSession } from '@/api/http';
import { useConnection } from '@/features/connection/store';
import { readSession, writeSession } from './storage';

export type SessionEnd = 'expired' | 'signedOut';

/** What the server allows unless its `welcome` says otherwise. */
const USUAL_LIMITS: Limits = { messageLength: 2_000, historyPage: 200, roomsPerPerson: 100 };

/** Who is signed in here. A session is kept in this browser until it ends. */
export const useSession = defineStore('session', () => {
  const connection = useConnection();
  const stored = readSession();
  const token = ref<string | null>(stored?.token ?? null);
  const user = ref<User | null>(stored?.user ?? null);
  const limits = ref<Limits>(USUAL_LIMITS);
  /** Why the last session of this page ended, when nobody asked for it here. */
  const ended = ref<SessionEnd | null>(null);

  const signedIn = computed(() => token.value !== null);

  async function signIn(name: string): Promise<void> {
    const session = await createSession(name.trim());
    writeSession(session);
    ended.value = null;
    user.value = session.user;
    token.value = session.token;
  }

  /** Signs out here in any case; a server that cannot be reached ends an idle session by itself. */
  async function signOut(): Promise<void> {
    const old = token.value;
    forget();
    if (old !== null) {
      await endSession(old).catch(() => undefined);
    }
  }

  async function rename(name: string): Promise<void> {
    const reply = await connection.request({ type: 'rename', name: name.trim() });
    applyUser(reply.user);
  }

  function end(reason: SessionEnd): void {
    forget();
    ended.value = reason;
  }

  function applyUser(next: User): void {
    user.value = next;
    if (token.value !== null) {
      writeSession({ token: token.value, user: next });
    }
  }

  /** Another window of this browser signed out, or signed in as somebody else. */
  function follow(): void {
    const session = readSession();
    if (session === undefined && token.value !== null) {
      end('signedOut');
    } else if (session !== undefined && session.token !== token.value) {
      ended.value = null;
      user.value = session.user;
      token.value = session.token;
    } else if (session !== undefined) {
      user.value = session.user;
    }
  }

  function applyLimits(next: Limits): void {
    limits.value = next;
  }

  function forget(): void {
    writeSession(undefined);
    token.value = null;
    user.value = null;
  }

  return {
    token,
    user,
    limits,
    ended,
    signedIn,
    signIn,
    signOut,
    rename,
    end,
    follow,
    applyUser,
    applyLimits,
  };
});
