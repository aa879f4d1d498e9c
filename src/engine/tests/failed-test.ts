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

/** Maximum length of a name of a test or suite, in UTF-16 units. */
const MAX_NAME_LENGTH = 1000;

/** Longer paths are no paths of files, in UTF-16 units. */
const MAX_PATH_LENGTH = 4096;

/** Returns a failed test with names of limited length and each path once. */
export function failedTestOf({ name, suite, files, workItemIds }: FailedTest): FailedTest {
  const unique = new Map(files.map((file) => [file.path, file]));
  return {
    name: cut(name),
    suite: cut(suite),
    files: [...unique.values()].filter(({ path }) => path !== '' && path.length <= MAX_PATH_LENGTH),
    workItemIds,
  };
}

function cut(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

/** Report of tests that cannot be used. */
export class TestReportError extends Error {
  override readonly name = 'TestReportError';
}
