/** A rectangle in CSS pixels of the viewport. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Side = 'above' | 'below';
/** Which edge of the anchor it shares, in the direction of the text, or its middle. */
export type Align = 'start' | 'center' | 'end';

export interface Placing {
  anchor: Box;
  size: { width: number; height: number };
  viewport: { width: number; height: number };
  side: Side;
  align: Align;
  rightToLeft: boolean;
  /** Between the anchor and what stands at it, in CSS pixels. */
  gap: number;
}

export interface Place {
  left: number;
  top: number;
  /** The side that it got, which is not the wanted one where only the other has room. */
  side: Side;
  /** What there is of height, in CSS pixels; the rest scrolls. */
  maxHeight: number;
}

/** What stays free along the edges of the window, in CSS pixels. */
const MARGIN = 8;

/**
 * Where something stands at its anchor, wholly inside the viewport. It is for the top layer only, where no ancestor
 * clips, scrolls or moves it; this is what larger libraries are mostly about.
 */
export function place(placing: Placing): Place {
  const { anchor, size, viewport, gap } = placing;
  const room = {
    above: Math.max(0, anchor.top - gap - MARGIN),
    below: Math.max(0, viewport.height - anchor.top - anchor.height - gap - MARGIN),
  };
  const side = sideWithRoom(placing.side, size.height, room);
  // There is nothing at a point that it could cover.
  const isPoint = anchor.width === 0 && anchor.height === 0;
  const maxHeight = isPoint ? viewport.height - 2 * MARGIN : room[side];
  const height = Math.min(size.height, maxHeight);
  const wanted = side === 'below' ? anchor.top + anchor.height + gap : anchor.top - gap - height;
  const lowest = viewport.height - MARGIN - height;
  const top = isPoint ? Math.max(MARGIN, Math.min(wanted, lowest)) : wanted;
  const most = viewport.width - MARGIN - size.width;
  const left = Math.max(MARGIN, Math.min(wantedLeft(placing), most));
  return { left, top, side, maxHeight };
}

function sideWithRoom(wanted: Side, height: number, room: Record<Side, number>): Side {
  const other = wanted === 'below' ? 'above' : 'below';
  return height > room[wanted] && room[other] > room[wanted] ? other : wanted;
}

function wantedLeft({ anchor, size, align, rightToLeft }: Placing): number {
  if (align === 'center') {
    return anchor.left + (anchor.width - size.width) / 2;
  }
  const atLeft = (align === 'start') !== rightToLeft;
  return atLeft ? anchor.left : anchor.left + anchor.width - size.width;
}
