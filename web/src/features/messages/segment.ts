import type { LogEntry } from './message-state';

/**
 * A stretch of a room's log in which nothing is missing: `from` to `to`, both included.
 * A stretch that covers nothing yet has `to === from - 1`.
 */
export interface Segment {
  readonly from: number;
  to: number;
  /** What stands there, in order, each once. Only the live segment grows in place. */
  readonly seqs: number[];
}

/** What a page of the server says of a stretch. */
export interface CoveredPage {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly LogEntry[];
}

/** A server may tell more entries than the page covers; those beyond it would claim a stretch that is not complete. */
export function segmentOf({ from, to, entries }: CoveredPage): Segment {
  const seqs = entries.map(({ seq }) => seq).filter((seq) => from <= seq && seq <= to);
  return { from, to, seqs: mergeSeqs(seqs, []) };
}

export function joinSegments(left: Segment, right: Segment): Segment {
  return {
    from: Math.min(left.from, right.from),
    to: Math.max(left.to, right.to),
    seqs: mergeSeqs(left.seqs, right.seqs),
  };
}

/** The last `keep` entries of a segment. */
export function lastOf(segment: Segment, keep: number): Segment {
  const from = segment.seqs.at(-keep);
  return segment.seqs.length > keep && from !== undefined
    ? { from, to: segment.to, seqs: segment.seqs.slice(-keep) }
    : segment;
}

/** The part of a segment with `keep` entries around a place. */
export function stretchAround(segment: Segment, place: number, keep: number): Segment {
  const { from, to, seqs } = segment;
  const at = seqs.findIndex((seq) => seq >= place);
  const first = Math.max((at < 0 ? seqs.length : at) - keep / 2, 0);
  const kept = seqs.slice(first, first + keep);
  const ends = first + keep >= seqs.length;
  return {
    from: first === 0 ? from : (kept.at(0) ?? from),
    to: ends ? to : (kept.at(-1) ?? to),
    seqs: kept,
  };
}

/** Two ascending lists into one, each number once, in linear time. */
export function mergeSeqs(left: readonly number[], right: readonly number[]): number[] {
  const merged: number[] = [];
  let leftIndex = 0;
  let rightIndex = 0;
  for (;;) {
    const a = left[leftIndex];
    const b = right[rightIndex];
    if (a === undefined && b === undefined) {
      return merged;
    }
    const next = Math.min(a ?? Number.POSITIVE_INFINITY, b ?? Number.POSITIVE_INFINITY);
    leftIndex += Number(a === next);
    rightIndex += Number(b === next);
    if (merged.at(-1) !== next) {
      merged.push(next);
    }
  }
}
