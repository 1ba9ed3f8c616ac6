import { COMMANDS, type CommandName, takesArgument } from '@/features/commands';
import { findOwnEmoji } from '@/features/emoji/own/table';
import { searchEmoji } from '@/features/emoji/search';
import { t } from '@/locales/late';
import type { CallableCrowd } from './crowds';

export interface Proposal {
  key: string;
  /** What takes the place of the typed beginning. */
  text: string;
  /** Shown in front, where there is something to see. */
  picture: string;
  /** Where a picture is read that is shown there instead. */
  address?: string;
  label: string;
  description: string;
}

/** What could be meant by the word at the caret, which reaches from `start` to there. */
export interface Completion {
  kind: 'commandList' | 'emojiList' | 'peopleList' | 'roomList';
  start: number;
  proposals: readonly Proposal[];
}

/** What there is to be completed beside commands. */
export interface Vocabulary {
  emoji: boolean;
  /** The names of those in the room, in the order in which they are proposed. */
  people: () => readonly string[];
  /** Many at once: what may be called, with what that means. */
  crowds: () => readonly CallableCrowd[];
  /** The slugs of the rooms there are. */
  rooms: () => readonly string[];
}

const COMMAND = /^\s*\/(?<word>[a-z]*)$/iu;
/** Two letters at least: `:p` is complete. */
const SHORTCODE = /(?:^|[\s(])(?<shortcode>:[a-z0-9_+-]{2,})$/iu;
const NAME = /(?:^|[\s(])(?<sign>[@#])(?<word>[\p{L}\p{M}\p{N}_-]+)$/u;
const LONGEST_LIST = 8;

export function completionAt(
  text: string,
  caret: number,
  vocabulary: Vocabulary,
): Completion | null {
  const before = text.slice(0, caret);
  const completion =
    commands(before) ?? (vocabulary.emoji ? shortcodes(before) : null) ?? names(before, vocabulary);
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
  const own = findOwnEmoji(typed.slice(1)).map(({ name, address }) => ({
    key: name,
    text: `:${name}: `,
    picture: '',
    address,
    label: `:${name}:`,
    description: '',
  }));
  const others = searchEmoji(typed.slice(1)).map(({ character, name }) => ({
    key: name,
    text: `${character} `,
    picture: character,
    label: `:${name}:`,
    description: '',
  }));
  const proposals = [...own, ...others].slice(0, LONGEST_LIST);
  return { kind: 'emojiList', start: before.length - typed.length, proposals };
}

function meaningOf(name: string, called: readonly CallableCrowd[]): string {
  const crowd = called.find((each) => each.name === name);
  switch (crowd?.userId) {
    case undefined:
      return '';
    case 'room':
    case 'here':
      return t(`crowds.${crowd.userId}`);
    default:
      return t('crowds.group', crowd?.people ?? 0);
  }
}

function names(before: string, { people, crowds, rooms }: Vocabulary): Completion | null {
  const { sign, word } = NAME.exec(before)?.groups ?? {};
  if (sign === undefined || word === undefined) {
    return null;
  }
  const wanted = word.toLowerCase();
  const called = sign === '@' ? crowds() : [];
  const proposals = (sign === '@' ? [...people(), ...called.map(({ name }) => name)] : rooms())
    .filter((name) => ` ${name.toLowerCase()}`.includes(` ${wanted}`))
    .slice(0, LONGEST_LIST)
    .map((name) => ({
      key: name,
      text: `${sign}${name} `,
      picture: '',
      label: `${sign}${name}`,
      description: meaningOf(name, called),
    }));
  return {
    kind: sign === '@' ? 'peopleList' : 'roomList',
    start: before.length - word.length - 1,
    proposals,
  };
}
