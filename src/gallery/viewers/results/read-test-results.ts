import { runInSteps } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import { readWholeText } from '../text/encoding';
import type { Dialect } from './dialect';
import { createJUnitDialect } from './junit';
import { createNUnitDialect } from './nunit';
import { readElements } from './read-elements';
import type { ResultFormat } from './result-format';
import type { TestResults } from './test-results';
import { createTrxDialect } from './trx';
import { createXUnitDialect } from './xunit';

const DIALECTS: Readonly<Record<ResultFormat, () => Dialect>> = {
  trx: createTrxDialect,
  junit: createJUnitDialect,
  nunit: createNUnitDialect,
  xunit: createXUnitDialect,
};

/** A file with test results. */
export interface ResultFile {
  readonly bytes: Blob;
  readonly format: ResultFormat;
}

/**
 * Reads test results. Every file is valid; a file without its end has the results so far.
 *
 * @throws ViewerProblem `too-many-parts` As `readElements`.
 */
export async function readTestResults(
  { bytes, format }: ResultFile,
  { signal }: Pick<TaskContext, 'signal'>,
): Promise<TestResults> {
  const dialect = DIALECTS[format]();
  await runInSteps(readElements(await readWholeText(bytes), dialect), signal);
  return dialect.results();
}
