import pLimit from 'p-limit';
import type { ManyWorkItems } from '../../azure/rest/many-work-items';
import type { WorkItem } from '../../azure/work-item';
import { CancelledError, toProblem } from '../../base/errors';
import { retry } from '../../base/retry';
import type { ExportLayout } from './export-paths';
import { exportPaths } from './export-paths';
import type { ExportSource, FindTools, IncludedFiles } from './find-sources';
import { findSources } from './find-sources';
import { joinSources } from './join-sources';
import type { NotExported } from './pack-volume';
import type { PlannedFile } from './plan-volumes';

/** Files to export. */
export interface PageExport {
  /** Attachments by work item, as GUIDs; `all` of a work item. */
  readonly chosen: ReadonlyMap<number, ReadonlySet<string> | 'all'>;
  readonly layout: ExportLayout;
  /** Further files of the work items. */
  readonly include: ReadonlySet<IncludedFiles>;
}

/** Dependencies of `planExport`. */
export interface PlanTools extends Omit<FindTools, 'hash'>, Pick<ManyWorkItems, 'readMany'> {
  readonly signal: AbortSignal;
  /** Called with the number of work items read. */
  readonly onProgress: (itemsDone: number) => void;
}

/** Files of an export, and those that cannot be part of it. */
export interface ExportPlan {
  readonly files: readonly PlannedFile[];
  readonly notExported: readonly NotExported[];
}

/** Work items per request. */
const BATCH_SIZE = 200;

/** Work items whose texts and histories are read at a time. */
const MAX_ITEMS = 4;

/**
 * Finds the files of an export in their current state. Chosen attachments that were removed meanwhile, and work items
 * that cannot be read, are told. Split files are joined; of an incomplete one, its parts are files.
 *
 * @throws StaplerError if the work items cannot be read, CancelledError after an abort.
 */
export async function planExport(order: PageExport, tools: PlanTools): Promise<ExportPlan> {
  const { runtime, signal, readMany, onProgress } = tools;
  const ids = [...order.chosen.keys()];
  const files: PlannedFile[] = [];
  const notExported: NotExported[] = [];
  const limit = pLimit(MAX_ITEMS);
  for (let at = 0; at < ids.length; at += BATCH_SIZE) {
    const batch = ids.slice(at, at + BATCH_SIZE);
    const found = await retry(() => readMany(batch, signal), { runtime, signal });
    const plans = await Promise.all(batch.map((id) => limit(() => planItem(id, found.get(id)))));
    files.push(...plans.flat());
    onProgress(at + batch.length);
  }
  return { files, notExported };

  async function planItem(id: number, item: WorkItem | undefined): Promise<readonly PlannedFile[]> {
    if (signal.aborted) throw new CancelledError();
    if (!item) {
      notExported.push({ workItemId: id, name: '', problem: { kind: 'work-item-missing' } });
      return [];
    }
    const chosen = (await sourcesOf(item)).filter((source) => isChosen(source, order.chosen.get(id)));
    const found = new Set(chosen.map(({ attachmentId }) => attachmentId));
    const wanted = order.chosen.get(id);
    for (const attachmentId of wanted === 'all' ? [] : (wanted ?? []))
      if (!found.has(attachmentId))
        notExported.push({ workItemId: id, name: '', problem: { kind: 'not-attached' } });
    const { sources, incomplete } = joinSources(chosen);
    notExported.push(...incomplete.map((file) => ({ workItemId: id, ...file })));
    const names = sources.map(({ name }) => name);
    const paths = exportPaths(item, names, [], order.layout);
    return sources.flatMap((source, index) => {
      // The token is for this organization alone.
      if (source.bytes.kind !== 'elsewhere') return [{ source, path: paths[index] ?? '' }];
      notExported.push({ workItemId: id, name: source.name, problem: { kind: 'elsewhere' } });
      return [];
    });
  }

  /** Texts, histories and comments that cannot be read cost their files only. */
  async function sourcesOf(item: WorkItem): Promise<readonly ExportSource[]> {
    const find = (include: PageExport['include']) =>
      findSources({ ...tools, hash: (address) => address }, item, { include, signal });
    try {
      return await find(order.include);
    } catch (error) {
      if (signal.aborted || order.include.size === 0) throw error;
      notExported.push({ workItemId: item.id, name: '', problem: toProblem(error) });
      return find(new Set());
    }
  }
}

function isChosen(
  { source, attachmentId }: ExportSource,
  chosen: ReadonlySet<string> | 'all' | undefined,
): boolean {
  return source !== 'attachment' || chosen === 'all' || (chosen?.has(attachmentId) ?? false);
}
