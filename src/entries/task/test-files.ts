import { dirname } from 'node:path';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import type { LocalFile } from '../../engine/attach/local-file';
import type { EvidenceFolders } from '../../engine/tests/evidence-file';
import { findEvidenceFile } from '../../engine/tests/evidence-file';
import type { FailedTest } from '../../engine/tests/failed-test';
import { TestReportError } from '../../engine/tests/failed-test';
import { readFailedTests } from '../../engine/tests/read-failed-tests';
import { count } from '../../engine/sentences';
import { openDiskFile } from '../../upload/intake/disk-file';
import type { AgentLog } from './agent-log';
import type { AgentRun } from './agent-variables';

/** Files for the same work items. */
export interface FileGroup {
  readonly workItemIds: readonly number[];
  readonly files: readonly LocalFile[];
}

/** Files of failed tests, with the number of problems that are in the log. */
export interface TestFiles {
  readonly groups: readonly FileGroup[];
  /** Reports that could not be read. */
  readonly unreadable: number;
}

/** Options of `findTestFiles`. */
export interface TestFileOptions {
  readonly reports: readonly LocalFile[];
  readonly run: Pick<AgentRun, 'organization' | 'sources' | 'folders'>;
  /** Work items for tests that name none. */
  readonly otherwise: readonly number[];
  /** Comment of all files, before the name of the test. Can be empty. */
  readonly comment: string;
  readonly log: AgentLog;
  readonly signal: AbortSignal;
}

/** Characters left for the folder of a file and the cut of a name. */
const RESERVED_LENGTH = 5;

/** Finds the files of failed tests, grouped by the work items that they go to. */
export async function findTestFiles(options: TestFileOptions): Promise<TestFiles> {
  const { reports, run, otherwise, comment, log, signal } = options;
  const groups = new Map<string, { workItemIds: readonly number[]; files: Map<string, LocalFile> }>();
  let unreadable = 0;
  for (const { path } of reports) {
    const tests = await readReport(path);
    if (!tests) {
      unreadable++;
      continue;
    }
    const folders = { report: dirname(path), sources: run.sources, allowed: run.folders };
    const unassigned = tests.filter((test) => test.files.length > 0 && targetsOf(test).length === 0);
    log.line(`${path}: ${count(tests.length, 'failed test')}`);
    if (unassigned.length > 0)
      log.warn(
        `${count(unassigned.length, 'failed test')} with files and without a work item, such as "${unassigned[0]?.name}". Name one in the test (#1234), or set "workItems".`,
      );
    for (const test of tests) await addFiles(test, folders);
  }
  return {
    unreadable,
    groups: [...groups.values()].map(({ workItemIds, files }) => ({
      workItemIds,
      files: [...files.values()],
    })),
  };

  async function readReport(path: string): Promise<readonly FailedTest[] | undefined> {
    try {
      return await readFailedTests(await openDiskFile(path), { organization: run.organization, signal });
    } catch (error) {
      if (!(error instanceof TestReportError)) throw error;
      log.fail(`${path} can't be read as a report of tests. ${error.message}`);
      return undefined;
    }
  }

  function targetsOf({ workItemIds }: FailedTest): readonly number[] {
    return workItemIds.length > 0 ? workItemIds : otherwise;
  }

  async function addFiles(test: FailedTest, folders: EvidenceFolders): Promise<void> {
    const workItemIds = [...targetsOf(test)].sort((a, b) => a - b);
    if (workItemIds.length === 0) return;
    for (const file of test.files) {
      const found = await findEvidenceFile(file, folders);
      if (found.kind === 'missing') log.warn(`${file.path}, a file of "${test.name}", does not exist.`);
      else if (found.kind === 'outside')
        log.warn(`${file.path}, a file of "${test.name}", is outside of the folders of the job.`);
      else {
        const key = workItemIds.join(',');
        const group = groups.get(key) ?? { workItemIds, files: new Map<string, LocalFile>() };
        groups.set(key, group);
        if (!group.files.has(found.path))
          group.files.set(found.path, { path: found.path, comment: commentOf(test, comment) });
      }
    }
  }
}

/** `Nightly: Checkout › pays`, within the limit of comments. */
function commentOf({ name, suite }: FailedTest, comment: string): string {
  const test = [suite, name].filter(Boolean).join(' › ').replace(/\s+/g, ' ');
  const text = comment === '' ? test : `${comment}: ${test}`;
  const most = MAX_COMMENT_LENGTH - RESERVED_LENGTH;
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
