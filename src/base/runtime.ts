/** Clock, timers, randomness and connectivity. A seam: tests control time with a runtime of their own. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Calls back once after `delayMs`, or later if the machine slept.
   *
   * @returns Clears the timer.
   */
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /**
   * Calls `listener` when the network is lost or restored. There is no initial call: a machine on an isolated network
   * reports itself offline.
   */
  readonly onConnectivity: (listener: (isOnline: boolean) => void) => void;
}
