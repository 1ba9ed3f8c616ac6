import { COMMANDS, type CommandName, takesArgument } from '@/features/commands';
import { searchEmoji } from '@/features/emoji';
import { t } from '@/locales';

export interface Proposal {
  key: string;
  /** What takes the place of the typed beginning. */
  text: string;
  /** Shown in front, where there is something to see. */
  picture: string;
  label: string;
  description: string;
}

/** What could be meant by the word at the caret, which reaches from `start` to there. */
export interface Completion {
  kind: 'commandList' | 'emojiList';
  start: number;
  proposals: readonly Proposal[];
}

const COMMAND = /^\s*\/(?<word>[a-z]*)$/iu;
/** Two letters at least: `:p` is complete. */
const SHORTCODE = /(?:^|[\s(])(?<shortcode>:[a-z0-9_+-]{2,})$/iu;

export function completionAt(text: string, caret: number, emoji: boolean): Completion | null {
  const before = text.slice(0, caret);
  const completion = commands(before) ?? (emoji ? shortcodes(before) : null);
  return completion === null || completion.proposals.length === 0 ? null : completion;
}

function commands(before: string): Completion | null {
  const word = COMMAND.exec(before)?.groups?.word;
  if (word === undefined) {
    return null;
  }
  const wanted = word.toLowerCase();
  const proposals = COMMANDS.filter((name) => name.startsWith(wanted)).map(proposalOf);
  return { kind: 'commandList', start: before.length - word.length - 1, proposals };
}

function proposalOf(name: CommandName): Proposal {
  const argument = t(`commands.${name}.argument`);
  return {
    key: name,
    text: takesArgument(name) ? `/${name} ` : `/${name}`,
    picture: '',
    label: argument === '' ? `/${name}` : `/${name} ${argument}`,
    description: t(`commands.${name}.description`),
  };
}

function shortcodes(before: string): Completion | null {
  const typed = SHORTCODE.exec(before)?.groups?.shortcode;
  if (typed === undefined) {
    return null;
  }
  const proposals = searchEmoji(typed.slice(1)).map(({ character, name }) => ({
    key: name,
    text: `${character} `,
    picture: character,
    label: `:${name}:`,
    description: '',
  }));
  return { kind: 'emojiList', start: before.length - typed.length, proposals };
}
