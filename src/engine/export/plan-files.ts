import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Addition } from '../../azure/rest/additions';
import { readAdditions } from '../../azure/rest/additions';
import type { WorkItem } from '../../azure/work-item';
import { isCancelled } from '../../base/errors';
import { retry } from '../../base/retry';
import type { ExportLayout } from '../../gallery/export/export-paths';
import { exportPaths } from '../../gallery/export/export-paths';
import type { ExportSource, IncludedFiles } from '../../gallery/export/find-sources';
import { findSources } from '../../gallery/export/find-sources';
import type { Engine } from '../engine';
import type { ExportLog } from './export-log';
import type { ExportedFile } from './exported-file';

/** Limit for what is exported. */
export type Since =
  /** Only files that were attached at this time or later, in milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly at: number }
  /** Only attachments that another export does not have, by GUID. */
  | { readonly kind: 'export'; readonly attachmentIds: ReadonlySet<string> };

/** Work items, and what to export of them. */
export interface ExportOrder {
  readonly workItemIds: readonly number[];
  /** Absolute. */
  readonly folder: string;
  readonly layout: ExportLayout;
  readonly include: ReadonlySet<IncludedFiles>;
  readonly since?: Since;
}

/** A file to be exported, and its path. */
export interface PlannedFile {
  readonly source: ExportSource;
  /** From the folder of the export. */
  readonly path: string;
  /** The file as an earlier export has saved it. */
  readonly before: ExportedFile | undefined;
}

/** Step of an export. */
export type PlannedStep =
  | { readonly kind: 'file'; readonly file: PlannedFile }
  /** An earlier export has a file that is not attached anymore. */
  | { readonly kind: 'removed'; readonly file: ExportedFile }
  | { readonly kind: 'failed-item'; readonly workItemId: number; readonly error: unknown }
  | { readonly kind: 'missing-item'; readonly workItemId: number };

/** Work items per request. */
const BATCH_SIZE = 200;

/** Work items whose texts and histories are read at a time. */
const MAX_ITEMS = 4;

/** Dependencies of `planFiles`. */
export interface PlanOptions {
  readonly engine: Engine;
  readonly log: ExportLog;
  readonly signal: AbortSignal;
  /** Decides about a failure: rejects if it concerns all work items. */
  readonly assertWorking: (error: unknown) => Promise<void>;
}

/** Plans an export while it runs: only the work items of one request are in memory. */
export async function* planFiles(
  { workItemIds, layout, include, since }: ExportOrder,
  { engine, log, signal, assertWorking }: PlanOptions,
): AsyncGenerator<PlannedStep> {
  const { connection, manyWorkItems, runtime } = engine.services;
  for (let at = 0; at < workItemIds.length; at += BATCH_SIZE) {
    const ids = workItemIds.slice(at, at + BATCH_SIZE);
    const found = await retry(() => manyWorkItems.readMany(ids, signal), { runtime, signal });
    const limit = pLimit(MAX_ITEMS);
    const plans = ids.map((id) => limit(() => planIfFound(id, found.get(id))));
    // The loop handles a rejection when it comes to it.
    for (const plan of plans) plan.catch(() => undefined);
    try {
      for (const plan of plans) yield* await plan;
    } finally {
      limit.clearQueue();
    }
  }

  async function planIfFound(id: number, item: WorkItem | undefined): Promise<readonly PlannedStep[]> {
    if (!item) return [{ kind: 'missing-item', workItemId: id }];
    try {
      return await planItem(item);
    } catch (error) {
      await assertWorking(error);
      return [{ kind: 'failed-item', workItemId: id, error }];
    }
  }

  async function planItem(item: WorkItem): Promise<readonly PlannedStep[]> {
    const known = await log.filesOf(item.id);
    const before = new Map(known.map((file) => [file.key, file]));
    const sources = await findSources({ connection, runtime, hash }, item, { include, signal });
    const wanted = sources.filter((source) => before.has(source.key) || isWanted(source, since));
    const fresh = wanted.filter(({ key }) => !before.has(key));
    const additions = fresh.some(({ by }) => by === '') ? await readAuthors(item.id) : new Map();
    const taken = known.map(({ path }) => path);
    const paths = exportPaths(
      item,
      fresh.map(({ name }) => name),
      taken,
      layout,
    );
    const pathOf = new Map(fresh.map(({ key }, index) => [key, paths[index] ?? '']));
    const keys = new Set(sources.map(({ key }) => key));
    return [
      ...wanted.map((source): PlannedStep => {
        const earlier = before.get(source.key);
        const path = earlier?.path ?? pathOf.get(source.key) ?? '';
        return { kind: 'file', file: { source: withAuthor(source, additions), path, before: earlier } };
      }),
      ...known
        .filter(({ key, source }) => source === 'attachment' && !keys.has(key))
        .map((file): PlannedStep => ({ kind: 'removed', file })),
    ];
  }

  /** Authors are not worth a failure. */
  async function readAuthors(workItemId: number): Promise<ReadonlyMap<string, Addition>> {
    return retry(() => readAdditions(connection, workItemId, signal), { runtime, signal }).catch(
      async (error: unknown) => {
        if (isCancelled(error)) throw error;
        await assertWorking(error);
        return new Map<string, Addition>();
      },
    );
  }
}

function isWanted({ at, attachmentId }: ExportSource, since: Since | undefined): boolean {
  switch (since?.kind) {
    case 'time':
      return at === undefined || at >= since.at;
    case 'export':
      return !since.attachmentIds.has(attachmentId);
    default:
      return true;
  }
}

function withAuthor(source: ExportSource, additions: ReadonlyMap<string, Addition>): ExportSource {
  const addition = additions.get(source.attachmentId);
  if (!addition) return source;
  const at = source.at ?? (Number.isNaN(addition.at) ? undefined : addition.at);
  return { ...source, at, by: source.by || addition.by };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
