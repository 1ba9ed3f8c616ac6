import { COMMANDS, OWN_COMMANDS, type OwnCommandName } from './commands';

/** A command that this client carries out, and what stands behind it. */
export function readOwnCommand(text: string): { name: OwnCommandName; rest: string } | null {
  const { word = '', rest = '' } = /^\/(?<word>\S+)\s*(?<rest>[\s\S]*)$/u.exec(text)?.groups ?? {};
  const name = OWN_COMMANDS.find((own) => own === word.toLowerCase());
  return name === undefined ? null : { name, rest };
}

export function isKnownCommand(text: string): boolean {
  const [word = ''] = text.slice(1).split(/\s/u);
  return (COMMANDS as readonly string[]).includes(word.toLowerCase());
}
