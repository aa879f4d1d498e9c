import type { Connection } from '../../../azure/rest/connection';
import { readDeletedIds } from '../../../azure/rest/deleted-work-items';
import { MAX_IDS_PER_REQUEST, readBatch } from '../../../azure/rest/many-work-items';
import type { ProjectQuery } from '../../../azure/rest/queries';
import { findInProject } from '../../../azure/rest/queries';
import { readClosedStates } from '../../../azure/rest/work-item-states';
import { isCancelled } from '../../../base/errors';
import type { ProjectData, Totals } from '../data/project-data';
import type { IndexMeta } from '../store/index-meta';
import type { ReadGate } from './read-gate';

/** Dependencies of a reader. */
export interface ProjectReaderOptions {
  readonly connection: Connection;
  readonly gate: ReadGate;
  readonly data: ProjectData;
  /** Name of the project. */
  readonly project: string;
  /** Returns the time by the own clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Called after each change of the data. */
  readonly onChange: (totals: Totals) => void;
}

/** Brings the data up to date. All methods reject with a StaplerError, or a CancelledError after an abort. */
export interface ProjectReader {
  /** Finds the work items with files. `asOf`: all later changes may be missing. */
  readonly find: (signal: AbortSignal) => Promise<{ readonly ids: readonly number[]; readonly asOf: number }>;
  /**
   * Reads the work items of a first index. Calls `onBatch` after each batch with its number.
   *
   * @param done Numbers of the batches to leave out.
   */
  readonly readAll: (
    ids: readonly number[],
    done: ReadonlySet<number>,
    onBatch: (batch: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly readSome: (workItemIds: readonly number[]) => Promise<void>;
  readonly readStates: (signal: AbortSignal) => Promise<IndexMeta['closedStates']>;
  /** Reads all changes; once a day, compares all ids as well. Returns the new facts. */
  readonly refresh: (meta: IndexMeta, signal: AbortSignal) => Promise<IndexMeta>;
}

/** Number of requests besides the batches of a first index: the query, the states and the first refresh. */
const OTHER_REQUESTS = 5;

/** Changes before the last refresh that are read once more, in milliseconds: a query may lag behind. */
const OVERLAP_MS = 60_000;

/** Time after which all ids are compared: it finds items that were moved or can no longer be read. */
const RECONCILE_MS = 24 * 60 * 60 * 1000;

/** Returns the number of requests for the first index of this number of work items. */
export function requestsFor(items: number): number {
  return Math.ceil(items / MAX_IDS_PER_REQUEST) + OTHER_REQUESTS;
}

/** Number of work items in the batches. */
export function countInBatches(ids: readonly number[], batches: ReadonlySet<number>): number {
  return [...batches].reduce((sum, batch) => sum + batchOf(ids, batch).length, 0);
}

function batchOf(ids: readonly number[], batch: number): readonly number[] {
  return ids.slice(batch * MAX_IDS_PER_REQUEST, (batch + 1) * MAX_IDS_PER_REQUEST);
}

/** Creates a reader. */
export function createProjectReader(options: ProjectReaderOptions): ProjectReader {
  const { connection, gate, data, project, now, onChange } = options;

  const find = (
    query: Omit<ProjectQuery, 'project'>,
    signal: AbortSignal,
  ): ReturnType<typeof findInProject> =>
    gate.run(() => findInProject(connection, { project, ...query }, signal), signal);

  /** The rows are made before the next request starts: answers must not pile up. */
  async function readIds(ids: readonly number[], signal: AbortSignal): Promise<void> {
    const read = async (): Promise<number> => {
      const responses = await readBatch(connection, ids, signal);
      const texts = responses.map(({ text }) => text);
      onChange(await data.apply({ project, ids, texts }));
      return texts.reduce((sum, { length }) => sum + length, 0);
    };
    await gate.run(read, signal, (length) => length);
  }

  async function readAll(
    ids: readonly number[],
    done: ReadonlySet<number>,
    onBatch: (batch: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const batches = Array.from({ length: Math.ceil(ids.length / MAX_IDS_PER_REQUEST) }, (_, batch) => batch);
    // One failed batch ends the others.
    const ending = new AbortController();
    const end = (): void => ending.abort();
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    const readOneBatch = async (batch: number): Promise<void> => {
      try {
        await readIds(batchOf(ids, batch), ending.signal);
        onBatch(batch);
      } catch (error) {
        end();
        throw error;
      }
    };
    const results = await Promise.allSettled(batches.filter((batch) => !done.has(batch)).map(readOneBatch));
    signal.removeEventListener('abort', end);
    const errors = results.flatMap((result): unknown[] =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    const error = errors.find((each) => !isCancelled(each)) ?? errors[0];
    if (error !== undefined) throw error as Error;
  }

  async function readChanges(since: number, signal: AbortSignal): Promise<number> {
    const changedSince = since - OVERLAP_MS;
    const changed = await find({ hasFiles: true, changedSince }, signal);
    const emptied = await find({ hasFiles: false, changedSince }, signal);
    onChange(await data.removeItems(emptied.ids));
    await readAll(changed.ids, new Set(), () => undefined, signal);
    return Number.isNaN(changed.asOf) ? now() : changed.asOf;
  }

  /** Not each person may see the recycle bin. */
  async function removeDeleted(signal: AbortSignal): Promise<void> {
    try {
      const ids = await gate.run(() => readDeletedIds(connection, project, signal), signal);
      onChange(await data.removeItems(ids));
    } catch {
      signal.throwIfAborted();
    }
  }

  async function reconcile(signal: AbortSignal): Promise<void> {
    const { ids } = await find({ hasFiles: true }, signal);
    const missing = await data.retain(ids);
    await readAll(missing, new Set(), () => undefined, signal);
    onChange(await data.removeItems([]));
  }

  return {
    find: (signal) => find({ hasFiles: true }, signal),
    readAll,
    readSome: (ids) => readAll(ids, new Set(), () => undefined, new AbortController().signal),

    async readStates(signal) {
      try {
        const states = await gate.run(() => readClosedStates(connection, project, signal), signal);
        return [...states];
      } catch {
        // The names of Microsoft's processes remain.
        signal.throwIfAborted();
        return [];
      }
    },

    async refresh(meta, signal) {
      const startedAt = now();
      const changesUntil = await readChanges(meta.changesUntil, signal);
      await removeDeleted(signal);
      const isDue = startedAt - meta.reconciledAt >= RECONCILE_MS;
      if (isDue) await reconcile(signal);
      return {
        format: 1,
        changesUntil,
        asOf: startedAt,
        reconciledAt: isDue ? startedAt : meta.reconciledAt,
        closedStates: meta.closedStates,
      };
    },
  };
}
