import type { AccessInfo } from '@/api/generated/protocol';
import SignInCard from '@/features/session/sign-in/SignInCard.vue';
import { useSession } from '@/features/session/store';
import type { Scene, Scenes } from './scene';

const ACCESS: AccessInfo = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
};

const scene = (state: string, props: Record<string, unknown>, prepare?: () => void): Scene => ({
  state,
  view: SignInCard,
  props: { problem: '', ...props },
  prepare,
});

export const SIGN_IN: Scenes = {
  name: 'Sign-in',
  scenes: [
    scene('there', { access: ACCESS }),
    scene('waiting', {}),
    scene('offline', { unreachable: true }),
    scene('failed: the invitation is over', {
      access: ACCESS,
      problem: 'This invitation is not valid any more.',
    }),
    scene('failed: the session has ended', { access: ACCESS }, () => {
      useSession().ended = 'expired';
    }),
    scene('invited', {
      access: { ...ACCESS, access: 'invite-only' },
      invitation: { by: 'Mina Park', rooms: ['Design', 'عام'], expiresAt: 0 },
    }),
    scene('refused: nobody without an invitation', {
      access: { ...ACCESS, access: 'invite-only', guests: false },
    }),
    scene('refused: no way in', {
      access: { ...ACCESS, access: 'closed', guests: false, passwords: false, mail: false },
    }),
    scene('with a way back by mail', { access: { ...ACCESS, guests: false, mail: true } }),
    scene('by a provider alone', {
      access: {
        ...ACCESS,
        guests: false,
        passwords: false,
        mail: false,
        providers: [{ title: 'Harbour', start: 'api/oidc/start' }],
      },
    }),
  ],
};
