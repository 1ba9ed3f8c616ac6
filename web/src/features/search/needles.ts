/** Words, "what stands together", and operators with a value, perhaps in quotes: as the server reads them. */
const WORDS = /"([^"]*)"?|(\S+?:)"([^"]+)"?|(\S+)/gu;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What has to stand in a message that a search finds; operators only say which messages are meant. */
export function needlesOf(query: string): string[] {
  const needles = [...query.matchAll(WORDS)].map(([, quoted, operator, value, word]) => {
    if (quoted !== undefined) {
      return quoted;
    }
    const plain = word ?? `${operator}${value}`;
    const at = plain.indexOf(':');
    return at > 0 && isOperator(plain.slice(0, at), plain.slice(at + 1)) ? '' : plain;
  });
  return [...new Set(needles.map((needle) => fold(needle).folded))].filter(
    (needle) => needle.trim() !== '',
  );
}

function isOperator(name: string, value: string): boolean {
  switch (name.toLowerCase()) {
    case 'from':
    case 'in':
      return value !== '';
    case 'before':
    case 'after':
      return DAY.test(value);
    case 'has':
      return value.toLowerCase() === 'link';
    default:
      return false;
  }
}

interface Folded {
  folded: string;
  /** Of each place in it the place in the text, with one more for the end. */
  places: number[];
}

/** A text as it is looked for: without case, and alike where it is the same but for its form. */
export function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\s/gu, ' ')
      .replace(/ς/gu, 'σ');
    for (let index = 0; index < plain.length; index += 1) {
      places.push(at);
    }
    folded += plain;
    at += character.length;
  }
  places.push(at);
  return { folded, places };
}
