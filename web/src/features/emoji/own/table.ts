import { shallowReactive } from 'vue';

/** How an emoji of the server is written, in texts and reactions. */
const SHORTCODE = /^:(?<name>[a-z0-9_+-]{2,32}):$/;

/** An emoji that the server has of its own. */
export interface OwnEmoji {
  name: string;
  /** Where its picture is read. */
  address: string;
}

/** Where the pictures are read, by the names of their emoji. */
const addresses = shallowReactive(new Map<string, string>());

/** Takes what is said of one: what its picture is called, or that there is none any more. */
export function noteOwnEmoji(name: string, picture: string | undefined): void {
  if (picture === undefined) {
    addresses.delete(name);
  } else {
    addresses.set(name, `files/emoji/${picture}`);
  }
}

/** Takes all there are. */
export function setOwnEmoji(all: readonly { name: string; picture?: string }[]): void {
  const names = new Set(all.map(({ name }) => name));
  for (const name of [...addresses.keys()].filter((name) => !names.has(name))) {
    addresses.delete(name);
  }
  for (const { name, picture } of all) {
    noteOwnEmoji(name, picture);
  }
}

/** Where the picture of one is read, if the server has it. */
export function addressOfEmoji(name: string): string | undefined {
  return addresses.get(name);
}

/** The same of what somebody reacted with: `:party:`. */
export function addressOfReaction(emoji: string): string | undefined {
  return addresses.get(SHORTCODE.exec(emoji)?.groups?.name ?? '');
}

/** Whether something is written like an emoji of the server; maybe there is none of the name. */
export function isOwnEmoji(emoji: string): boolean {
  return SHORTCODE.test(emoji);
}

/** All of them, by their names. */
export function ownEmoji(): OwnEmoji[] {
  return [...addresses]
    .map(([name, address]) => ({ name, address }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those whose names begin with what was typed; then those that have it further inside. */
export function findOwnEmoji(typed: string): OwnEmoji[] {
  const wanted = typed.toLowerCase();
  const found = ownEmoji().filter(({ name }) => name.includes(wanted));
  return [
    ...found.filter(({ name }) => name.startsWith(wanted)),
    ...found.filter(({ name }) => !name.startsWith(wanted)),
  ];
}
