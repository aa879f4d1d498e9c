import { hasTrait, isAmbiguous, isConflict } from '../../base/problem-traits';
import type { Runtime } from '../../base/runtime';
import { conflictBackoff, MAX_CONFLICT_RETRIES } from '../link/link-attachments';

/**
 * Runs a step again after a conflict, and once after a lost answer. The step reads first, and changes what is left.
 *
 * @throws StaplerError
 */
export async function untilDone<T>(runtime: Runtime, step: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await step();
    } catch (error) {
      const isLost = isAmbiguous(error) && hasTrait(error, 'no-answer') && retries === 0;
      if (!(isConflict(error) || isLost) || retries === MAX_CONFLICT_RETRIES) throw error;
    }
    await conflictBackoff(runtime, retries);
  }
}
