import { trimmedText } from '@/features/messages/trimmed-text';

/** What the server carries out when a text begins with it; `/help` tells the same. */
export const COMMANDS = ['me', 'nick', 'join', 'leave', 'who', 'away', 'logout', 'help'] as const;

export type CommandName = (typeof COMMANDS)[number];

/** Those that say nothing without a word behind them. */
const WITH_ARGUMENT: ReadonlySet<CommandName> = new Set(['me', 'nick', 'join']);

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

export function isKnownCommand(text: string): boolean {
  const [word = ''] = text.slice(1).split(/\s/u);
  return (COMMANDS as readonly string[]).includes(word.toLowerCase());
}
