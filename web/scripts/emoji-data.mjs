// The emoji of the picker, as one module of the build: of all that `emojibase-data` knows, what the picker shows and finds.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const MODULE = 'virtual:emoji-data';
/** Newer ones are boxes on many machines. */
const NEWEST = 15.1;
/** In the order of the standard; "component" holds only parts of emoji. */
const GROUPS = [
  'smileys',
  'people',
  '',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
];
const TONES = ['🏻', '🏼', '🏽', '🏾', '🏿'];

const { resolve } = createRequire(import.meta.url);

/** A plugin of Vite that knows the module. */
export function emojiData() {
  return {
    name: 'chinwag-emoji-data',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: async (id) =>
      id === `\0${MODULE}`
        ? `export default JSON.parse(${JSON.stringify(JSON.stringify(await groups()))})`
        : undefined,
  };
}

/** Each group with its emoji, one a line: the emoji, its name, its words, and a `1` where it has tones, with tabs between them. */
export async function groups() {
  const read = async (path) =>
    JSON.parse(await readFile(resolve(`emojibase-data/en/${path}`), 'utf8'));
  const [all, github] = await Promise.all([read('data.json'), read('shortcodes/github.json')]);
  const shown = all
    .filter(({ group, version }) => GROUPS[group] && version <= NEWEST)
    .sort((a, b) => a.order - b.order);
  return GROUPS.flatMap((id, number) => {
    const lines = shown.filter(({ group }) => group === number).map((each) => line(each, github));
    return id === '' ? [] : [{ id, emoji: lines.join('\n') }];
  });
}

function line({ emoji, hexcode, label, tags = [], skins = [] }, github) {
  const names = [github[hexcode] ?? []].flat().map((name) => name.replaceAll('_', ' '));
  const known = new Set(label.toLowerCase().split(/[^\p{L}\p{N}+-]+/u));
  const words = [...names, ...tags]
    .flatMap((text) => text.toLowerCase().split(' '))
    .filter((word) => word !== '' && !known.has(word) && known.add(word));
  const character = usual(emoji);
  return [character, label, words.join(' '), hasTones(character, skins) ? '1' : ''].join('\t');
}

/** Without the sign that asks for a picture where there is a picture anyway. */
function usual(emoji) {
  return emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');
}

/** Whether every tone is made by the rule of the picker. A pair of people has a tone for each, and that it does not know. */
function hasTones(character, skins) {
  const toned = TONES.map((tone) =>
    character.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${tone}`),
  );
  const known = skins.map((skin) => usual(skin.emoji));
  return skins.length > 0 && toned.every((each) => known.includes(each));
}
