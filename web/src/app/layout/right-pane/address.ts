import type { LocationQueryValue, RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import { PANES, type PaneName } from './panes';

/** The pane that an address names: `?pane=people`, `?pane=thread/12`. */
export interface PaneAddress {
  name: PaneName;
  argument?: string;
}

/** In the place of a pane's name by who closes it. The router takes it out again, so that nobody sees it. */
export const CLOSED = 'closed';

export function readPane(
  value: LocationQueryValue | LocationQueryValue[] | undefined,
): PaneAddress | null {
  const [name = '', ...rest] = typeof value === 'string' ? value.split('/') : [];
  if (!isPaneName(name)) {
    return null;
  }
  return rest.length === 0 ? { name } : { name, argument: rest.join('/') };
}

export function writePane({ name, argument }: PaneAddress): string {
  return argument === undefined ? name : `${name}/${argument}`;
}

/**
 * Whoever goes to another message of the room, or to the room once more, keeps the pane beside it, though the link does
 * not name it. `isHistoryMove` is a step back or forward, whose address is right as it is.
 */
export function keepPane(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
  isHistoryMove: boolean,
): RouteLocationRaw | true {
  if (to.query.pane === CLOSED) {
    return { ...to, query: withoutPane(to) };
  }
  const isClosed = to.redirectedFrom?.query.pane === CLOSED;
  const sameRoom = to.params.room !== undefined && to.params.room === from.params.room;
  if (isClosed || isHistoryMove || !sameRoom || from.query.pane === undefined) {
    return true;
  }
  return to.query.pane === undefined
    ? { ...to, query: { ...to.query, pane: from.query.pane } }
    : true;
}

export function withoutPane({ query }: Pick<RouteLocationNormalized, 'query'>) {
  const { pane: _, ...rest } = query;
  return rest;
}

function isPaneName(name: string): name is PaneName {
  return Object.hasOwn(PANES, name);
}
