import type { Runtime } from '../../base/runtime';
import { sleep } from '../../base/sleep';

/** Retries of a patch after other clients changed the work item in between. */
export const MAX_CONFLICT_RETRIES = 5;

const BASE_DELAY_MS = 200;

/**
 * Waits before a patch is built again, with full jitter, so that two clients that collided do not collide again.
 *
 * @param retries Retries before this one.
 */
export function conflictBackoff(runtime: Runtime, retries: number): Promise<void> {
  return sleep(runtime, Math.round(runtime.random() * BASE_DELAY_MS * 2 ** retries));
}
