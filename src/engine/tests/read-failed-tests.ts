import { runInSteps } from '../../base/steps';
import { readElements } from '../../gallery/viewers/results/read-elements';
import { detectFormat } from '../../gallery/viewers/results/result-format';
import { readWholeText } from '../../gallery/viewers/text/encoding';
import { ViewerProblem } from '../../gallery/viewers/viewer-problem';
import type { FailedTest } from './failed-test';
import { TestReportError } from './failed-test';
import { isPlaywrightReport, readPlaywrightReport } from './playwright-report';
import { createXmlReport } from './xml-report';

/** Maximum size of a report, in bytes. It is parsed in memory. */
const MAX_REPORT_BYTES = 100 * 2 ** 20;

/** Options of `readFailedTests`. */
export interface ReadOptions {
  /** Base URL of the organization or collection. Addresses of others name no work item. */
  readonly organization: string;
  readonly signal?: AbortSignal;
}

/**
 * Reads the failed tests of a report: JUnit XML, TRX, NUnit 3, xUnit.net or the JSON of Playwright. A damaged XML report
 * is read as far as possible.
 *
 * @throws TestReportError for any other file.
 */
export async function readFailedTests(
  report: Blob,
  { organization, signal }: ReadOptions,
): Promise<readonly FailedTest[]> {
  if (report.size > MAX_REPORT_BYTES) throw new TestReportError('It is larger than 100 MB.');
  const format = await detectFormat(report);
  const text = await readWholeText(report);
  if (format === undefined) return readJsonReport(text, organization);
  const xml = createXmlReport(format, organization);
  try {
    await runInSteps(readElements(text, xml), signal);
  } catch (error) {
    if (error instanceof ViewerProblem) throw new TestReportError('It is too complex or damaged.');
    throw error;
  }
  return xml.failedTests();
}

function readJsonReport(text: string, organization: string): readonly FailedTest[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    report = undefined;
  }
  if (!isPlaywrightReport(report))
    throw new TestReportError('It is no JUnit XML, TRX, NUnit, xUnit.net or Playwright JSON report.');
  return readPlaywrightReport(report, organization);
}
