/** What the engine takes from the machine that it runs on, passed in so that a test holds it in its hands. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls back once, after so many milliseconds; later after a sleep of the machine. */
  readonly later: (delayMs: number, callback: () => void) => void;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /**
   * Tells when the machine loses its network and when it is back. Nothing is said of the beginning: machines whose
   * only network is their own claim to be offline.
   */
  readonly onConnectivity: (listener: (isOnline: boolean) => void) => void;
}
