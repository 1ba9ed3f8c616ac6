import { trimmedText } from '@/features/messages/trimmed-text';

/** What this client makes of requests that it has anyway. */
export const OWN_COMMANDS = ['topic', 'invite', 'msg', 'mute', 'unmute'] as const;

/** What is carried out when a text begins with it: the others by the server. `/help` tells of all. */
export const COMMANDS = [
  'me',
  'nick',
  'join',
  'leave',
  ...OWN_COMMANDS,
  'who',
  'away',
  'remind',
  'logout',
  'help',
] as const;

export type CommandName = (typeof COMMANDS)[number];
export type OwnCommandName = (typeof OWN_COMMANDS)[number];

/** Those that say nothing without a word behind them. */
const WITH_ARGUMENT: ReadonlySet<CommandName> = new Set([
  'me',
  'nick',
  'join',
  'remind',
  'topic',
  'invite',
  'msg',
]);

export function takesArgument(name: CommandName): boolean {
  return WITH_ARGUMENT.has(name);
}

/** How a text is sent: a command to be carried out, or a message, which a second slash lets begin with one. */
export type TypedText = { kind: 'command'; text: string } | { kind: 'message'; text: string };

export function readTyped(typed: string): TypedText {
  const text = typed.trim();
  if (text.startsWith('//')) {
    return { kind: 'message', text: text.slice(1) };
  }
  return text.startsWith('/')
    ? { kind: 'command', text }
    : { kind: 'message', text: trimmedText(typed) };
}

/** A message as it has to be typed to be sent once more. */
export function typedMessage(text: string): string {
  return text.startsWith('/') ? `/${text}` : text;
}
