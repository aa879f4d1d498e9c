import { attachmentIdOf, attachmentsOf } from '../../../azure/work-item';
import type { LinkableAttachment, WorkItem } from '../../../azure/work-item';
import type { Problem } from '../../../base/errors';
import { toProblem } from '../../../base/errors';
import { retry } from '../../../base/retry';
import { planItemOf } from '../../../bulk/run/plan-item';
import { findReadOnly } from '../../../bulk/run/write-check';
import { writeComment } from '../../../upload/intake/folder-mark';
import { linkableOf } from '../../../upload/link/relation-list';
import type { ProjectFile } from '../project-index';
import type { EntryOutcome, RunEntry } from './clean-up-run';
import type { CleanUpServices } from './clean-up-services';
import type { CleanUpPlan } from './plan-clean-up';
import { keyOf } from './plan-clean-up';
import type { CheckOptions } from './unsafe-copies';
import { findUnsafeCopies } from './unsafe-copies';

/** Result of a dry run: the plan compared with the work items of this moment. */
export interface CheckedPlan {
  readonly entries: readonly RunEntry[];
  /** By index of the entry: `open` if the file can be removed. */
  readonly outcomes: readonly EntryOutcome[];
  /** Files left out: no original with their content can be read. Default: none. */
  readonly unsafe?: readonly ProjectFile[];
}

/** Work items read at a time: one request. */
const MAX_ITEMS_AT_ONCE = 200;

/**
 * Reads the work items of a plan. Changes nothing.
 *
 * @throws StaplerError if they cannot be read, CancelledError after an abort.
 */
export async function checkPlan(
  plan: CleanUpPlan,
  services: CleanUpServices,
  { signal, onProgress }: CheckOptions,
): Promise<CheckedPlan> {
  const entries: RunEntry[] = [];
  const outcomes: EntryOutcome[] = [];
  const groups = plan.groups ?? [];
  const unsafe = await findUnsafeCopies(groups, services, { signal, onProgress });
  const isUnsafe = (file: ProjectFile): boolean => unsafe.has(keyOf(file));
  const filesOf = byItem(plan.files.filter((file) => !isUnsafe(file)));
  const ids = [...filesOf.keys()];
  for (let at = 0; at < ids.length; at += MAX_ITEMS_AT_ONCE) {
    const some = ids.slice(at, at + MAX_ITEMS_AT_ONCE);
    const { manyWorkItems, runtime } = services;
    const found = await retry(() => manyWorkItems.readMany(some, signal), { runtime, signal });
    const refusals = await findRefusals(some, found, services);
    signal.throwIfAborted();
    for (const id of some)
      for (const file of filesOf.get(id) ?? []) {
        const workItem = found.get(id);
        const state = plan.rules.isOnClosed ? file.item.state : undefined;
        const linkable = workItem && linkableIn(workItem, file);
        entries.push(entryOf(file, linkable, state));
        const problem = refusals.get(id);
        if (problem) outcomes.push({ kind: 'refused', problem });
        else if (!linkable) outcomes.push({ kind: 'gone' });
        else outcomes.push({ kind: state === undefined || state === workItem.state ? 'open' : 'changed' });
      }
    onProgress(groups.length + entries.length);
  }
  return { entries, outcomes, unsafe: plan.files.filter(isUnsafe) };
}

/** Finds work items that are missing, or refuse changes. */
async function findRefusals(
  ids: readonly number[],
  found: ReadonlyMap<number, WorkItem>,
  services: CleanUpServices,
): Promise<ReadonlyMap<number, Problem>> {
  const refusals = new Map<number, Problem>();
  for (const id of ids) {
    if (found.has(id)) continue;
    // A request for the missing work item alone tells the reason.
    const problem = await services.workItems.read(id).then(() => undefined, toProblem);
    if (problem) refusals.set(id, problem);
  }
  const items = [...found.values()].map((item) => planItemOf(item, Infinity));
  for (const [id, problem] of await findReadOnly(items, services.assertWritable)) refusals.set(id, problem);
  return refusals;
}

function linkableIn(workItem: WorkItem, { reference }: ProjectFile): LinkableAttachment | undefined {
  const relation = attachmentsOf(workItem).find(({ url }) => attachmentIdOf(url) === reference.id);
  return relation && linkableOf(relation);
}

/** @param linkable The relation; by default as the index knows it. */
function entryOf(
  { item, reference, name, comment, folder, size = 0, addedAt, addedBy }: ProjectFile,
  linkable: LinkableAttachment | undefined,
  state: string | undefined,
): RunEntry {
  return {
    ...{ workItemId: item.id, title: item.title, addedAt, addedBy },
    linkable: linkable ?? { reference, name, comment: writeComment({ comment, folder }), size },
    ...(state !== undefined && { state }),
  };
}

function byItem(files: readonly ProjectFile[]): ReadonlyMap<number, readonly ProjectFile[]> {
  const items = new Map<number, ProjectFile[]>();
  for (const file of files) {
    const known = items.get(file.item.id);
    if (known) known.push(file);
    else items.set(file.item.id, [file]);
  }
  return items;
}
