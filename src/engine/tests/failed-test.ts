import type { FilePath } from './evidence-file';

/** A test that failed, with its files. */
export interface FailedTest {
  readonly name: string;
  /** Class, suite or file. Empty if unknown. */
  readonly suite: string;
  /** In the order of the report. */
  readonly files: readonly FilePath[];
  /** Work items named by a property, tag or annotation of the test, or else by its name. */
  readonly workItemIds: readonly number[];
}

/** Maximum number of failed tests of a report. */
export const MAX_FAILED_TESTS = 10_000;

/** Report of tests that cannot be used. */
export class TestReportError extends Error {
  override readonly name = 'TestReportError';
}
