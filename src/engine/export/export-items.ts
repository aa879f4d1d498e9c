import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readConnectionData } from '../../azure/rest/connection-data';
import type { Problem } from '../../base/errors';
import { CancelledError, isCancelled, isStaplerError, toProblem } from '../../base/errors';
import { isSignedOut, isUnreachable } from '../../base/problem-traits';
import { retry } from '../../base/retry';
import { hasCode } from '../../upload/recovery/journal/folder-disk';
import { FolderInUseError, lockFolder } from '../../upload/recovery/journal/folder-lock';
import type { ExportSource } from '../../gallery/export/find-sources';
import type { Engine } from '../engine';
import { assertUsable, diskErrorOf, ExportFolderError, STATE_FOLDER } from './export-folder';
import type { ExportLog } from './export-log';
import { openExportLog } from './export-log';
import type { ExportedFile } from './exported-file';
import { writeManifest } from './manifest-file';
import type { ExportOrder, PlannedFile, PlannedStep } from './plan-files';
import { planFiles } from './plan-files';
import { saveFile } from './save-file';

/** Downloads at a time. */
const MAX_DOWNLOADS = 4;

/** Result for one file or work item. */
export type ExportResult =
  | { readonly outcome: 'saved' | 'already-there'; readonly file: ExportedFile }
  | {
      readonly outcome: 'failed' | 'gone' | 'elsewhere';
      readonly source: Pick<ExportSource, 'workItemId' | 'name' | 'attachmentId' | 'source'>;
      readonly problem: Problem;
    }
  | { readonly outcome: 'failed-item'; readonly workItemId: number; readonly problem: Problem };

/** Totals of an export. */
export interface ExportProgress {
  readonly saved: number;
  readonly alreadyThere: number;
  readonly failed: number;
  /** Downloaded, in bytes. */
  readonly bytes: number;
}

/** Options of `exportItems`. */
export interface ExportOptions {
  /** Ends the command; the same order continues it later. */
  readonly signal?: AbortSignal;
  readonly onResult?: (result: ExportResult) => void;
  readonly onProgress?: (progress: ExportProgress) => void;
}

/**
 * Saves the files of work items in a folder, with a manifest and checksums. If the process ends at any moment, the same
 * order continues, and downloads again only the files in progress. Later orders add what is new; nothing is deleted.
 *
 * @throws ExportFolderError if the folder cannot be used; StaplerError for a reason that concerns all files;
 *   CancelledError after an abort.
 */
export async function exportItems(
  engine: Engine,
  order: ExportOrder,
  options: ExportOptions = {},
): Promise<ExportProgress> {
  return withExportLog(engine, order, (log) => exportInto(log, engine, order, options));
}

/** Opens the log of an export for this process alone, runs `task` and closes it. */
export async function withExportLog<T>(
  engine: Engine,
  { folder, layout }: Pick<ExportOrder, 'folder' | 'layout'>,
  task: (log: ExportLog) => Promise<T>,
): Promise<T> {
  const { runtime } = engine.services;
  const state = join(folder, STATE_FOLDER);
  try {
    await assertUsable(folder);
    await mkdir(folder, { recursive: true });
    const lock = await lockFolder(state, { runtime });
    try {
      const { organization } = engine;
      const log = await openExportLog(state, { version: 1, organization, layout });
      try {
        return await task(log);
      } finally {
        await log.close();
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (error instanceof FolderInUseError)
      throw new ExportFolderError(`Another export into "${folder}" is running.`, { cause: error });
    throw diskErrorOf(error, folder) ?? error;
  }
}

async function exportInto(
  log: ExportLog,
  engine: Engine,
  order: ExportOrder,
  { signal = new AbortController().signal, onResult, onProgress }: ExportOptions,
): Promise<ExportProgress> {
  const { folder } = order;
  const totals = { saved: 0, alreadyThere: 0, failed: 0, bytes: 0 };
  const assertWorking = createFailureCheck(engine, signal);

  function report(result: ExportResult): void {
    if (result.outcome === 'saved') totals.saved++;
    else if (result.outcome === 'already-there') totals.alreadyThere++;
    else if (result.outcome !== 'elsewhere' && result.outcome !== 'gone') totals.failed++;
    onResult?.(result);
    onProgress?.({ ...totals });
  }

  function onBytes(bytes: number): void {
    totals.bytes += bytes;
    onProgress?.({ ...totals });
  }

  async function save(planned: PlannedFile): Promise<void> {
    const { source } = planned;
    if (source.bytes.kind === 'elsewhere') {
      report({ outcome: 'elsewhere', source, problem: { kind: 'elsewhere' } });
      return;
    }
    try {
      report(await saveFile(planned, { engine, log, folder, signal, onBytes }));
    } catch (error) {
      await assertWorking(error);
      const problem = problemOf(error);
      // A text may show a file that was purged.
      const isGone = source.source !== 'attachment' && problem.status === 404;
      report({ outcome: isGone ? 'gone' : 'failed', source, problem });
    }
  }

  async function take(step: PlannedStep): Promise<void> {
    switch (step.kind) {
      case 'file':
        return save(step.file);
      case 'removed':
        return log.add({ ...step.file, source: 'removed' });
      case 'failed-item':
        report({ outcome: 'failed-item', workItemId: step.workItemId, problem: problemOf(step.error) });
        return;
      case 'missing-item':
        report({
          ...{ outcome: 'failed-item', workItemId: step.workItemId, problem: { kind: 'work-item-missing' } },
        });
    }
  }

  const steps = planFiles(order, { engine, log, signal, assertWorking });
  async function work(): Promise<void> {
    // After an error, the end of this loop ends the steps, and with them the other workers.
    for await (const step of steps) {
      if (signal.aborted) throw new CancelledError();
      await take(step);
    }
  }
  const endings = await Promise.allSettled(Array.from({ length: MAX_DOWNLOADS }, work));
  const failure = endings.find((ending) => ending.status === 'rejected');
  if (failure) throw failure.reason as Error;
  if (signal.aborted) throw new CancelledError();
  await writeManifest(folder, log);
  return totals;
}

/**
 * Creates a check of failures: rejects with those that concern all files. If a download got no answer, the service is
 * asked for something else.
 */
function createFailureCheck(engine: Engine, signal: AbortSignal): (error: unknown) => Promise<void> {
  const { connection, runtime } = engine.services;
  return async (error) => {
    if (signal.aborted || isCancelled(error)) throw new CancelledError();
    if (error instanceof ExportFolderError) throw error;
    const diskError = diskErrorOf(error, 'the folder');
    if (diskError) throw error as Error;
    if (!isStaplerError(error)) return;
    const problem = toProblem(error);
    if (isSignedOut(problem) || isUnreachable(problem))
      await retry(() => readConnectionData(connection), { runtime, signal });
  };
}

/** A name that this disk refuses concerns one file. */
function problemOf(error: unknown): Problem {
  const isRefusedName = ['ENAMETOOLONG', 'EINVAL', 'ENOENT'].some((code) => hasCode(error, code));
  return isRefusedName ? { kind: 'refused', serverMessage: 'This disk refuses the name.' } : toProblem(error);
}
