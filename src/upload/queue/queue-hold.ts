import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { isSignedOut, isUnreachable } from '../../base/problem-traits';
import { nextCheck } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { QueueGate } from './upload-attempts';
import { isHeld } from './upload-attempts';

/** Files in a row without an answer before the whole queue is held. */
const MIN_UNREACHED = 3;

/** Pauses the queue while each request would fail, so that an outage uses up no attempts. */
export interface QueueHold {
  /**
   * Records a failed request, which may hold the queue.
   *
   * @param id Identifies the request among its retries.
   */
  readonly recordFailure: (id: string, problem: Problem) => void;
  /** Records a successful request. */
  readonly recordSuccess: () => void;
  /** Checks now whether the hold can end. */
  readonly checkNow: () => void;
}

/** Dependencies of `createQueueHold`. */
export interface QueueHoldOptions {
  readonly gate: QueueGate;
  readonly runtime: Runtime;
  /** Asks the service for something small. Rejects if it cannot be reached or refuses. */
  readonly probe: () => Promise<unknown>;
  /** Called after the end of a hold. */
  readonly onReached: () => void;
}

/** Creates a hold without failures. It checks with backoff, and when the person or the network comes back. */
export function createQueueHold({ gate, runtime, probe, onReached }: QueueHoldOptions): QueueHold {
  const unreached = new Set<string>();
  let checks = 0;

  function hold(problem: Problem): void {
    const delayMs = nextCheck(++checks, runtime.random);
    const until = runtime.now() + delayMs;
    gate.dispatch({
      type: 'held',
      hold: isSignedOut(problem)
        ? { reason: 'signed-out', until }
        : { reason: 'unreachable', until, isBlocked: problem.isBlocked ?? false },
    });
    const state = gate.getSnapshot();
    runtime.setTimer(delayMs, () => {
      if (gate.getSnapshot() === state) void check();
    });
  }

  async function check(): Promise<void> {
    const state = gate.getSnapshot();
    if (!isHeld(state)) return;
    const problem = await probe().then(
      () => undefined,
      (error: unknown) => toProblem(error),
    );
    if (gate.getSnapshot() !== state) return;
    // Any other refusal is an answer.
    if (problem && (isSignedOut(problem) || isUnreachable(problem))) {
      hold(problem);
      return;
    }
    unreached.clear();
    gate.dispatch({ type: 'reached' });
    onReached();
  }

  const checkNow = (): void => void check();
  runtime.onReturn(checkNow);
  runtime.onConnectivity((isOnline) => {
    if (isOnline) checkNow();
  });

  return {
    checkNow,

    recordFailure(id, problem) {
      if (isUnreachable(problem)) unreached.add(id);
      const isOutage = isUnreachable(problem) && unreached.size >= MIN_UNREACHED;
      if ((isOutage || isSignedOut(problem)) && !isHeld(gate.getSnapshot())) hold(problem);
    },

    recordSuccess() {
      unreached.clear();
      checks = 0;
    },
  };
}
