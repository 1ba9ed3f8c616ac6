import type { RequestFrame } from '@/api/frames';

/** What those who keep order do about somebody. */
export type SanctionKind = 'mute' | 'ban' | 'remove' | 'purge' | 'serverBan';

/** Those that are asked for by a frame. */
type FramedKind = Exclude<SanctionKind, 'purge' | 'serverBan'>;

/** Whom it is about, and where; a ban from the server is about no room. */
export interface Sanction {
  how: SanctionKind;
  room: number;
  /** What the room is called. */
  title: string;
  userId: number;
  name: string;
}

/** How long it holds. One who is muted may also be let write again. */
export const SPANS = ['hour', 'day', 'week', 'ever'] as const;
export type Span = (typeof SPANS)[number] | 'over';

const HOUR_MS = 3_600_000;
const LENGTHS: Readonly<Record<'hour' | 'day' | 'week', number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
};

export function spansOf(how: SanctionKind): readonly Span[] {
  switch (how) {
    case 'mute':
      return [...SPANS, 'over'];
    case 'ban':
    case 'serverBan':
      return SPANS;
    case 'remove':
      return [];
    case 'purge':
      return ['hour', 'day', 'ever'];
  }
}

/** Since when messages are deleted; `undefined` is all the time. */
export function sinceOf(span: Span, now: number): number | undefined {
  return span === 'ever' || span === 'over' ? undefined : now - LENGTHS[span];
}

/** Up to when something holds, and why. */
export function termOf(
  span: Span,
  reason: string,
  now: number,
): { until?: number; reason?: string } {
  return {
    ...(span !== 'ever' && span !== 'over' && { until: now + LENGTHS[span] }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

/** What is asked of the server. */
export function frameOf(
  { how, room, userId }: Pick<Sanction, 'room' | 'userId'> & { how: FramedKind },
  span: Span,
  reason: string,
  now: number,
): RequestFrame {
  const person = { room, userId };
  const { reason: why } = termOf(span, reason, now);
  switch (how) {
    case 'mute':
      return span === 'over'
        ? { type: 'unmuteMember', ...person }
        : { type: 'muteMember', ...person, ...termOf(span, reason, now) };
    case 'ban':
      return { type: 'banMember', ...person, ...termOf(span, reason, now) };
    case 'remove':
      return { type: 'removeMember', ...person, ...(why !== undefined && { reason: why }) };
  }
}
