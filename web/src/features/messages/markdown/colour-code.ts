import type { ColouredPart } from './code-colours';

export type { ColouredPart };

/** Longer code would make whoever reads it wait. */
const LONGEST = 20_000;

/** Code in pieces with their colours; null for what stays as it is. What knows the languages comes when the first code does. */
export async function colourCode(code: string, language: string): Promise<ColouredPart[] | null> {
  if (language === '' || code.length > LONGEST) {
    return null;
  }
  try {
    const { coloured } = await import('./code-colours');
    return coloured(code, language);
  } catch {
    return null;
  }
}
