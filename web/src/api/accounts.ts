import type {
  AccessInfo,
  ChangePassword,
  CreateInvite,
  DeleteMe,
  DeviceLink,
  Invite,
  InviteInfo,
  Invites,
  Me,
  ProviderPlace,
  Register,
  ResetPassword,
  Sessions,
  SignedIn,
  SignIn,
  UpdateMe,
} from './generated/protocol';
import { answerTo, call } from './http';

/** Who may come in here, and how. */
export function fetchAccess(): Promise<AccessInfo> {
  return answerTo('access');
}

/** Signs in. The server leaves a cookie, by which this browser stays signed in, and gets a guest's name back after a sign-out. */
export function createSession(body: SignIn): Promise<SignedIn> {
  return answerTo('session', { method: 'POST', body });
}

/** Where a guest goes to become a member by a provider, below the page's `base`: `start` is the provider's. */
export async function fetchProviderPlace(start: string, token: string): Promise<string> {
  const { place } = await answerTo<ProviderPlace>(start.replace(/^api\//, ''), {
    method: 'POST',
    token,
  });
  return place;
}

/** Makes an account, out of the guest whose token it is, if there is one. */
export function createAccount(body: Register, token?: string): Promise<SignedIn> {
  return answerTo('accounts', { method: 'POST', body, token });
}

/** Has a mail be sent to whoever lost the password. The answer is the same whether an account has the address or none. */
export async function requestPasswordReset(email: string): Promise<void> {
  await call('password-reset', { method: 'POST', body: { email } });
}

/** Sets another password by what came by mail, and signs in. */
export function resetPassword(body: ResetPassword): Promise<SignedIn> {
  return answerTo('password-reset', { method: 'PUT', body });
}

export function fetchMe(token: string): Promise<Me> {
  return answerTo('me', { token });
}

export function updateMe(body: UpdateMe, token: string): Promise<Me> {
  return answerTo('me', { method: 'PATCH', body, token });
}

export async function changePassword(body: ChangePassword, token: string): Promise<void> {
  await call('me/password', { method: 'PUT', body, token });
}

export async function deleteMe(body: DeleteMe, token: string): Promise<void> {
  await call('me', { method: 'DELETE', body, token });
}

export function fetchSessions(token: string): Promise<Sessions> {
  return answerTo('sessions', { token });
}

/** Ends one of one's own sign-ins. */
export async function deleteSession(id: number, token: string): Promise<void> {
  await call(`sessions/${id}`, { method: 'DELETE', token });
}

export async function deleteOtherSessions(token: string): Promise<void> {
  await call('sessions', { method: 'DELETE', token });
}

export function createDeviceLink(token: string): Promise<DeviceLink> {
  return answerTo('session/link', { method: 'POST', token });
}

export function createInvite(body: CreateInvite, token: string): Promise<Invite> {
  return answerTo('invites', { method: 'POST', body, token });
}

export function fetchInvites(token: string): Promise<Invites> {
  return answerTo('invites', { token });
}

export async function withdrawInvite(id: number, token: string): Promise<void> {
  await call(`invites/${id}`, { method: 'DELETE', token });
}

/** Withdraws an invitation, and ends the accounts of all who came by it. */
export async function undoInvite(id: number, token: string): Promise<void> {
  await call(`invites/${id}?undo=true`, { method: 'DELETE', token });
}

/** To what an invitation is. */
export function fetchInvitation(invite: string): Promise<InviteInfo> {
  return answerTo(`join/${encodeURIComponent(invite)}`);
}

/** Joins the rooms of an invitation. */
export async function acceptInvitation(invite: string, token: string): Promise<void> {
  await call(`join/${encodeURIComponent(invite)}`, { method: 'POST', token });
}
