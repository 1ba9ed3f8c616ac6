import type { ErrorCode } from '@/api/generated/protocol';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The strings of sign-ins, accounts and invitations, in English. */
export const enAccounts = {
  signIn: {
    ways: 'Ways in',
    place: 'You are at',
    guest: 'As a guest',
    signIn: 'Sign in',
    register: 'Create account',
    name: 'Name',
    accountNameHint: 'What you sign in with, and what others see.',
    submit: 'Sign in',
    registerSubmit: 'Create account',
    passwordRequired: 'Enter your password.',
    forgot: 'Forgot your password?',
    forgotLead:
      'Enter the e-mail address of your account, and we will send you a link to set a new password.',
    email: 'E-mail',
    emailRequired: 'Enter your e-mail address.',
    sendReset: 'Send link',
    resetSent:
      'If an account has this address, a mail is on its way. Its link is good for an hour. Check your spam folder, too.',
    resetClose: 'Done',
    resetHeading: 'Set a new password',
    resetLead: 'You will be signed in here and signed out everywhere else.',
    resetFailed:
      'This link was used already, or is too old. Request a new link on the sign-in page.',
    setPassword: 'Set password',
    leads: {
      guest: 'Pick a name and a room, and start talking.',
      signIn: 'Sign in with your account.',
      register: 'An account is yours on every device.',
    },
    inviteOnly: 'New here? Whoever is in can send you an invitation.',
    closed: 'Accounts are made by whoever runs this server.',
    noWay: 'Nobody can sign in here at the moment. Whoever runs this server can change that.',
    failed: 'The server cannot be reached at the moment. Trying again.',
    linkSigningIn: 'Signing you in',
    linkFailed:
      'This link was used already, or is too old. Make a new one on the device where you are signed in.',
    inviteInvalid:
      'This invitation was used up or withdrawn, or is too old. Ask for a new one, or come in as everybody does.',
    invited: (by: string | undefined) =>
      by === undefined ? 'You are invited' : `${by} invites you`,
    invitedTo: (rooms: readonly string[]) => (rooms.length === 0 ? '' : `to ${list(rooms)}.`),
    joins: (rooms: readonly string[]) => `You join ${list(rooms)}.`,
    invitedAs: {
      moderator: 'You will be a moderator of this server.',
      admin: 'You will be an administrator of this server.',
      owner: 'You will be the owner of this server.',
    },
    with: (provider: string) => `Sign in with ${provider}`,
    or: 'or',
    provider: {
      unreachable:
        'The provider cannot be reached at the moment. Try again soon; if it stays so, tell whoever runs this server.',
      denied: 'The sign-in was cancelled. You can try again.',
      refused:
        'The provider did not confirm who you are. Try again, or tell whoever runs this server.',
      stale:
        'This sign-in was not begun in this browser, took too long, or is over. Begin it once more here.',
      closed: 'You have no account here yet, and whoever runs this server makes them.',
      uninvited:
        'You have no account here yet, and need an invitation that is still good. Ask somebody who is in.',
      banned: 'You are kept out of this server. Whoever runs it can tell you why.',
      often: 'Too many attempts. Try again in a few minutes.',
      unavailable: 'That did not work. Try again.',
    },
    join: 'Join',
    notNow: 'Not now',
    createWith: 'Create account',
    arrivedLink: 'Sign in here as somebody else?',
    arrivedLinkWarning: (name: string) =>
      `You are signed in as ${name}. The link signs this browser in as whoever made it, and ${name} out.`,
    continueAsLink: 'Sign in by the link',
  },
  accounts: {
    password: 'Password',
    passwordHint: (length: number) => `At least ${length} characters. A few words are good.`,
    passwordShort: (length: number, have: number) =>
      `A password has at least ${length} characters; this one has ${have}.`,
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    addEmail: 'Add an e-mail address',
    email: 'E-mail (optional)',
    emailHint: 'Only you and those who run the server see it.',
    emailPassword: 'Enter your password to change the address.',
    tooMany: (seconds: number) =>
      `Too many attempts. Try again in ${
        seconds <= 90
          ? count(seconds, 'second', 'seconds')
          : count(Math.ceil(seconds / 60), 'minute', 'minutes')
      }.`,
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'This browser does not copy here. The address is marked: copy it by hand.',
    qrCode: 'The same address as a QR code',
    heading: 'Your account',
    menu: 'Account…',
    tabs: {
      profile: 'Profile',
      password: 'Password',
      devices: 'Devices',
      blocked: 'Blocked',
      link: 'New device',
      delete: 'Delete',
      keep: 'Keep account',
    },
    keepMenu: 'Keep this account…',
    keepLead:
      'You are a guest: when you are away for 30 days, your name is free for others. With a password you stay who you are, and sign in anywhere. Your messages and rooms stay yours.',
    keepSubmit: 'Keep this account',
    linkMenu: 'Use on another device…',
    loadFailed: 'This could not be loaded.',
    retry: 'Try again',
    displayName: 'Display name',
    displayNameHint: 'Everyone sees it, on earlier messages too.',
    login: (login: string) => `You sign in as ${login}.`,
    status: 'Status',
    statusPlaceholder: 'What are you up to?',
    statusEnds: 'Clears',
    statusEnd: {
      never: 'Never',
      halfHour: 'In 30 minutes',
      hour: 'In an hour',
      fourHours: 'In 4 hours',
      today: 'Tonight',
      week: 'In a week',
    },
    statusAsSet: (moment: string) => `As set: ${moment}`,
    save: 'Save',
    saved: 'Saved.',
    currentPassword: 'Present password',
    newPassword: 'New password',
    wrongPassword: 'This is not your present password.',
    changePassword: 'Change password',
    passwordWarning: 'You are signed out on all other devices then.',
    passwordChanged: 'The password is changed. All other devices are signed out.',
    devicesLead: 'Where you are signed in.',
    unknownDevice: 'Unknown device',
    current: 'This device',
    lastSeen: (moment: string) => `last used ${moment}`,
    endSession: 'Sign out',
    endSessionOf: (device: string) => `Sign out ${device}`,
    endOthers: 'Sign out all others',
    othersEnded: 'All other devices are signed out.',
    linkLead:
      'Open this address on the other device, or point its camera at the picture. It signs you in there, once: do not show it to anybody.',
    linkAddress: 'Address for the other device',
    linkUntil: (moment: string) => `Good until ${moment}.`,
    linkOver: 'This address is too old by now.',
    linkMake: 'Make a new one',
    deleteLead: 'Your account ends, and you leave all rooms. This cannot be undone.',
    messages: 'Your messages',
    messagesLeft: { keep: 'Keep', delete: 'Delete' },
    messagesLeftHints: {
      keep: 'They stay where they are, under “Former member”.',
      delete: 'They are deleted, for everybody.',
    },
    deleteSubmit: 'Delete account',
    deleteConfirm: 'Delete for good',
  },
  invites: {
    menu: 'Invite people…',
    heading: 'Invite people',
    lead: 'Whoever opens the link comes in, and into the rooms you choose.',
    rooms: 'Rooms to join',
    noRooms: 'You are in no room yet.',
    expires: 'Good for',
    lasting: { hour: 'One hour', day: 'One day', week: 'A week', month: '30 days' },
    uses: 'For how many',
    people: (n: number) => count(n, 'person', 'people'),
    role: 'They come as',
    roles: { member: 'Members', moderator: 'Moderators', admin: 'Administrators', owner: 'Owners' },
    create: 'Create link',
    email: 'Send it by e-mail (optional)',
    emailHint: 'To one address. You get the link, too.',
    send: 'Create and send',
    sent: (address: string) => `It was sent to ${address}.`,
    link: 'Address of the invitation',
    linkOnce: 'Copy it now: it is not shown again.',
    another: 'Create another',
    given: 'Invitations that are good still',
    to: (rooms: readonly string[]) => (rooms.length === 0 ? 'Without a room' : `To ${list(rooms)}`),
    unknownRoom: 'another room',
    by: (name: string) => `by ${name}`,
    used: (used: number, uses: number) => `${used} of ${uses} used`,
    until: (moment: string) => `until ${moment}`,
    withdraw: 'Withdraw',
    undo: 'Undo…',
    undoWarning: (used: number) =>
      used === 1
        ? 'The link stops working, and the account of the one who came by it ends.'
        : `The link stops working, and the accounts of all ${used} who came by it end.`,
    undoSubmit: 'Remove them',
  },
  /** The server's refusals of these in this language. */
  accountRefusals: {
    name_taken: 'Somebody has this name already, or one that looks like it. Try another one.',
    sign_in_failed: 'The name or the password is not right.',
    email_invalid: 'This is no e-mail address.',
    mail_off: 'This server sends no mail.',
    mail_failed: 'The mail could not be sent. Try again later, or pass a link on yourself.',
    account_required: 'Guests cannot come in here at the moment. Sign in with an account.',
    invite_invalid: 'The invitation was used up or withdrawn, or is too old.',
    accounts_closed: 'Accounts are made by whoever runs this server.',
    forbidden: 'You may not do this.',
  } satisfies Partial<Record<ErrorCode, string>>,
};
