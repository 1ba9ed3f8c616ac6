import { shallowRef } from 'vue';

/** Twelve hues on which white text has a contrast of 4.5 or more. */
export const AVATAR_COLOURS = [
  '#b3413b',
  '#a8510f',
  '#846208',
  '#55720f',
  '#23793c',
  '#0e766e',
  '#0f7196',
  '#2b66c4',
  '#5457d0',
  '#7a4bc8',
  '#9c3fae',
  '#b03a76',
] as const;

/** A person keeps one colour everywhere, and neighbours in the order of ids get unlike ones. */
export function avatarColour(userId: number): string {
  const index = (userId * 5) % AVATAR_COLOURS.length;
  return AVATAR_COLOURS[index] ?? AVATAR_COLOURS[0];
}

/** The first letters of the first and the last word, or the first two of a single one; of guests with a number that number. */
export function initials(name: string): string {
  const guest = /^guest (\d{1,3})$/iu.exec(name)?.[1];
  if (guest !== undefined) {
    return guest;
  }
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const first = words.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letters =
    last === '' ? [...first].slice(0, 2) : [...first].slice(0, 1).concat([...last][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** Whose picture it is. */
export type AvatarOwner = `p${number}` | `r${number}` | 'server';

/** Who knows the pictures. */
export interface AvatarPictures {
  /** Where the picture is read, as far as it is known. Whoever looks wants to be told when it is. */
  find(owner: AvatarOwner): string | undefined;
  /** Takes what is said of a picture, or that there is none. */
  note(owner: AvatarOwner, avatar: string | undefined): void;
}

/** There are only initials until somebody knows pictures. */
export const pictures = shallowRef<AvatarPictures>();

export function pictureOf(owner: AvatarOwner): string | undefined {
  return pictures.value?.find(owner);
}
