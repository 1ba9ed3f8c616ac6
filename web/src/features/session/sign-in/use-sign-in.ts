import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import { createSession, fetchAccess, fetchInvitation } from '@/api/accounts';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { AccessInfo, InviteInfo } from '@/api/generated/protocol';
import { refreshSession } from '@/api/http';
import { describeAccountError } from '@/locales/describe-account-error';
import { t } from '@/locales/late';
import { type Arrival, useArrival } from '../arrival';
import { useSession } from '../store';
import { providerProblem, takePlace } from './provider';
import { rememberWay } from './ways';

const AGAIN_MS = 3_000;

export interface SignInState {
  /** What this server offers, once it is known. */
  access: Readonly<Ref<AccessInfo | undefined>>;
  /** To what one is invited. */
  invitation: Readonly<Ref<InviteInfo | undefined>>;
  /** Whether somebody is signed in by a link or a provider at the moment. */
  entering: Readonly<Ref<boolean>>;
  /** Whether the server could not be asked so far. */
  unreachable: Readonly<Ref<boolean>>;
  /** What was wrong with what one brought along. */
  problem: Readonly<Ref<string>>;
}

/** Finds out who may come in, and uses what one has brought along. */
export function useSignIn(): SignInState {
  const session = useSession();
  const arriving = useArrival();
  const router = useRouter();
  const access = shallowRef<AccessInfo>();
  const invitation = shallowRef<InviteInfo>();
  const entering = ref(false);
  const unreachable = ref(false);
  const problem = ref('');
  let gone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => {
    gone = true;
    clearTimeout(timer);
  });

  /** Asks until the server is there to answer. */
  async function asked<T>(
    request: () => Promise<T>,
    isFinal: (error: unknown) => boolean,
  ): Promise<T> {
    for (;;) {
      try {
        const answer = await request();
        unreachable.value = false;
        return answer;
      } catch (error) {
        if (gone || isFinal(error)) {
          unreachable.value = false;
          throw error;
        }
        unreachable.value = true;
        await new Promise((resolve) => {
          timer = setTimeout(resolve, AGAIN_MS);
        });
      }
    }
  }

  async function takeInvite(code: string): Promise<void> {
    try {
      invitation.value = await asked(() => fetchInvitation(code), isRefusal);
    } catch (error) {
      problem.value = isOver(error) ? t('signIn.inviteInvalid') : describeAccountError(error);
      arriving.finish();
    }
  }

  async function takeLink(code: string): Promise<void> {
    entering.value = true;
    // It is good once, so nobody needs to find it in the address.
    arriving.finish();
    try {
      const request = () => createSession({ link: code, holdName: true });
      await session.replace(() => asked(request, isRefusal));
      rememberWay(session.user?.kind === 'guest' ? 'guest' : 'signIn');
    } catch (error) {
      problem.value = isOver(error) ? t('signIn.linkFailed') : describeAccountError(error);
    }
    entering.value = false;
  }

  /** Somebody comes back from a provider, and was signed in there or not. */
  async function takeProvider(word: string): Promise<void> {
    arriving.finish();
    const place = takePlace();
    if (place !== undefined) {
      await router.replace(place);
    }
    if (word !== 'in') {
      problem.value = providerProblem(word);
      return;
    }
    entering.value = true;
    try {
      await session.replace(() => asked(refreshSession, isRefusal));
    } catch (error) {
      problem.value = isOver(error) ? providerProblem('stale') : describeAccountError(error);
    }
    entering.value = false;
  }

  async function take(brought: Arrival | null): Promise<void> {
    if (brought === null) {
      return;
    }
    problem.value = '';
    switch (brought.kind) {
      case 'link':
        return takeLink(brought.code);
      case 'invite':
        return takeInvite(brought.code);
      case 'provider':
        return takeProvider(brought.code);
      // It has a dialog in front of whatever is on show.
      case 'reset':
        return;
    }
  }

  async function begin(): Promise<void> {
    await take(arriving.arrival);
    access.value = await asked(fetchAccess, () => false);
  }

  // Somebody may bring it while the view is on show.
  watch(() => arriving.arrival, take);
  // Only a view that has gone stops asking.
  begin().catch(() => undefined);
  return { access, invitation, entering, unreachable, problem };
}

/** A line that is lost or a server that restarts will be back. */
function isRefusal(error: unknown): boolean {
  return (
    !(error instanceof ConnectionLost) &&
    !(error instanceof ProtocolError && error.code === 'unavailable')
  );
}

/** Whether what one brought along is good for nothing any more. */
function isOver(error: unknown): boolean {
  return (
    error instanceof ProtocolError &&
    (error.code === 'invite_invalid' || error.code === 'unauthorized')
  );
}
