import type { Runtime } from '../../base/runtime';
import { sleep } from '../../base/sleep';

/** Retries of a patch after concurrent changes of the work item. */
export const MAX_CONFLICT_RETRIES = 5;

const BASE_DELAY_MS = 200;

/**
 * Waits before a patch is built again, with full jitter, so two clients do not collide repeatedly.
 *
 * @param retries Previous retries.
 */
export function conflictBackoff(runtime: Runtime, retries: number): Promise<void> {
  return sleep(runtime, Math.round(runtime.random() * BASE_DELAY_MS * 2 ** retries));
}
