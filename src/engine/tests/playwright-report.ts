import { isRecord, textOf } from '../../azure/rest/server-errors';
import type { FailedTest } from './failed-test';
import { failedTestOf, MAX_FAILED_TESTS } from './failed-test';
import { isAboutWorkItems, workItemsInName, workItemsInTag, workItemsInValue } from './named-work-items';

/** Maximum depth of suites. */
const MAX_DEPTH = 100;

/** Whether a JSON document is a report of Playwright. */
export function isPlaywrightReport(report: unknown): report is { readonly suites: readonly unknown[] } {
  return isRecord(report) && Array.isArray(report['suites']);
}

/** Returns the failed tests of a JSON report of Playwright. A flaky test has passed in the end. */
export function readPlaywrightReport(report: unknown, organization: string): readonly FailedTest[] {
  const failed: FailedTest[] = [];

  function readSuite(suite: unknown, titles: readonly string[]): void {
    if (!isRecord(suite) || titles.length > MAX_DEPTH) return;
    const path = [...titles, textOf(suite['title'])].filter(Boolean);
    for (const spec of recordsOf(suite['specs'])) readSpec(spec, path);
    for (const inner of recordsOf(suite['suites'])) readSuite(inner, path);
  }

  function readSpec(spec: Readonly<Record<string, unknown>>, titles: readonly string[]): void {
    const [file = '', ...groups] = titles;
    const name = [...groups, textOf(spec['title'])].join(' › ');
    const tags = listOf(spec['tags']).flatMap((tag) => workItemsInTag(textOf(tag)));
    for (const test of recordsOf(spec['tests'])) {
      if (test['status'] !== 'unexpected' || failed.length >= MAX_FAILED_TESTS) continue;
      const results = recordsOf(test['results']);
      const annotations = [test, ...results].flatMap((place) => recordsOf(place['annotations']));
      const told = new Set([
        ...tags,
        ...annotations.flatMap(({ type, description }) =>
          isAboutWorkItems(textOf(type)) ? workItemsInValue(textOf(description), organization) : [],
        ),
      ]);
      const files = results
        .flatMap((result) => recordsOf(result['attachments']))
        .map(({ path }) => ({ path: textOf(path), folders: [] }));
      const workItemIds = told.size > 0 ? [...told] : workItemsInName(name);
      failed.push(failedTestOf({ name, suite: file, files, workItemIds }));
    }
  }

  if (isPlaywrightReport(report)) for (const suite of report.suites) readSuite(suite, []);
  return failed;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listOf(value).filter(isRecord);
}
