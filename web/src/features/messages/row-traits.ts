import { isFewEmoji } from './emoji-only';
import { foldedText, lineCount } from './folding';
import { layout } from './layout/layout';
import type { Row } from './rows';
import type { RowTraits } from './virtual/scroll-model';

const LINE_PX = 22;
const REACTIONS_PX = 28;

/** Near enough for a scroll bar; a row is measured as soon as it comes near the screen. */
function estimate(row: Row): number {
  switch (row.kind) {
    case 'message': {
      const flat = layout.value === 'compact';
      const around =
        (row.head ? (flat ? 25 : 47) : flat ? 4 : 16) +
        (row.reactions.length > 0 ? REACTIONS_PX : 0);
      return (
        around + (isFewEmoji(row.text) ? 40 : lineCount(foldedText(row.text) ?? row.text) * LINE_PX)
      );
    }
    case 'hint':
      return lineCount(row.text) * LINE_PX + 50;
    case 'thread-news':
      return 48;
    case 'beginning':
      return 90;
    case 'older':
    case 'newer':
      return 144;
    case 'day':
    case 'unread':
      return 32;
    case 'membership':
    case 'notice':
      return 32;
  }
}

/** Lines that say what happened stay what they are; marks between them come and go with what is loaded. */
function holdsPlace(row: Row): boolean {
  return row.kind === 'message' || row.kind === 'membership' || row.kind === 'notice';
}

export const rowTraits: RowTraits<Row> = { estimate, holdsPlace };
