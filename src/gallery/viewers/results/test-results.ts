/** Outcome of a test. `other` are outcomes such as Timeout, Aborted and Inconclusive. */
export type Outcome = 'failed' | 'other' | 'passed' | 'skipped';

/** All outcomes, in display order. */
export const OUTCOMES: readonly Outcome[] = ['failed', 'other', 'passed', 'skipped'];

/** A text of the file, cut at a maximum length. */
export interface CutText {
  readonly text: string;
  /** Number of characters left out at the end, in UTF-16 units. */
  readonly missing: number;
}

/** Result of one test. */
export interface TestResult {
  /** Position in the file, from 0. */
  readonly index: number;
  readonly name: string;
  /** Class or suite. Empty if unknown. */
  readonly suite: string;
  readonly outcome: Outcome;
  /** An `other` outcome in the word of the file, such as `Timeout`. */
  readonly outcomeWord: string;
  /** Whether the test passed after it had failed. */
  readonly isRetried: boolean;
  readonly durationMs: number | undefined;
  readonly message: CutText;
  readonly stack: CutText;
  readonly output: CutText;
  readonly errorOutput: CutText;
  /** Names of the files attached to the result. */
  readonly files: readonly string[];
  /** Name of the computer, if the file names it. */
  readonly computer: string;
}

/** Results of a test run. */
export interface TestResults {
  readonly name: string;
  /** Start, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly durationMs: number | undefined;
  /** Number of tests in the file. Can be more than the listed ones. */
  readonly total: number;
  /** Number of tests in the file, by outcome. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Failures first, then other outcomes, then the rest in the order of the file. */
  readonly tests: readonly TestResult[];
  /** Errors of the run outside of tests. */
  readonly errors: readonly CutText[];
}
