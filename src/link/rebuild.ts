import { isStaplerError } from '../model/errors';
import type { Surroundings } from '../model/surroundings';

/** How often a patch is built anew after others changed the work item meanwhile. */
export const MOST_REBUILDS = 5;

const BASE_MS = 200;

/**
 * Waits a moment before a patch is built anew, so that two who collided do not do so again.
 *
 * @param rebuilds How often it was built anew before.
 */
export function waitToRebuild(
  { later, random }: Pick<Surroundings, 'later' | 'random'>,
  rebuilds: number,
): Promise<void> {
  return new Promise((resolve) => later(Math.round(random() * BASE_MS * 2 ** rebuilds), resolve));
}

/** The patch itself was fine; the work item had changed since it was read. */
export function isConflict(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'conflict';
}

/** Nothing came back, as when CORS hides a 401: the read in between has renewed the token, so one more try is fair. */
export function isLost(error: unknown): boolean {
  return isStaplerError(error) && (error.kind === 'network' || error.kind === 'timeout');
}
