import type { IconName } from '../icons';

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** A sign that says it all, so that the items of its group stand side by side. */
  glyph?: string;
  /** Where the picture is read that stands for such a sign. */
  picture?: string;
  /** The keys that do the same, as in the table of shortcuts: `Mod+K`. */
  keys?: string;
  /** Cannot be taken back, or hurts. */
  danger?: boolean;
  /** Stays in its place and can be reached, but does nothing. */
  disabled?: boolean;
  /** Makes it a switch, which is on or off. */
  checked?: boolean;
  select: () => void;
}

/** The items of a menu; a line stands between two groups. */
export type MenuGroups = readonly (readonly MenuItem[])[];
