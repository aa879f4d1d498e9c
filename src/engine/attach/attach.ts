import { randomBytes } from 'node:crypto';
import { CancelledError } from '../../base/errors';
import type { DuplicatePolicy, FileEdits, Mapping, Plan, PlanInput, PlanItem } from '../../bulk/plan/plan';
import { keyOfPair } from '../../bulk/plan/plan';
import { planOf } from '../../bulk/plan/planner';
import type { ReportRow } from '../../bulk/plan/report';
import { reportOf } from '../../bulk/plan/report';
import type { BulkService } from '../../bulk/run/bulk-service';
import { createBulkService } from '../../bulk/run/bulk-service';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RunProgress } from '../../bulk/run/run-facts';
import type { Journal } from '../../upload/recovery/journal/journal';
import { NO_JOURNAL } from '../../upload/upload-journal';
import type { Engine } from '../engine';
import { readContentTypes } from '../policy/content-types';
import type { ChosenPolicy, PolicyOptions } from '../policy/policies';
import { withRules } from '../policy/policies';
import { strictestRules } from '../../upload/rules/strictest-rules';
import type { CheckOptions, ChosenRules } from '../rules/check-files';
import type { Attached } from './find-attached';
import { findAttached } from './find-attached';
import type { LocalFile, OpenedFile } from './local-file';
import { openFiles } from './local-file';
import { recordingContents } from './record-contents';
import type { ResumedRun } from './resume-run';
import { resumeRuns } from './resume-run';
import { runSlices } from './run-slices';
import { untilOver } from './until-over';

/** Connections of the network (`node-connections.ts`), all in use from the start. */
const CONNECTIONS = 8;

/** Treatment of a file whose name a work item has with another content. */
export type OnDuplicate = 'keep' | 'same-name' | 'skip' | 'replace';

/** Files for work items. */
export interface AttachOrder {
  readonly files: readonly LocalFile[];
  readonly workItemIds: readonly number[];
  readonly mapping: Mapping;
  /** Comment of all files without their own. Default: none. */
  readonly comment?: string;
  /** Whether comments tell the folder of a file. Default: true. */
  readonly keepsFolders?: boolean;
  /** Default: that of the policy, or else `keep`, with a number in the name. */
  readonly onDuplicate?: OnDuplicate;
  /** The stricter one of these and those of the policy counts. */
  readonly rules?: ChosenRules;
  readonly policy?: ChosenPolicy;
}

/** Plan of an order, with all that it is about. */
export interface AttachPlan {
  readonly plan: Plan;
  readonly files: readonly OpenedFile[];
  readonly items: readonly PlanItem[];
}

/** Options of `attach`. */
export interface AttachOptions extends Pick<CheckOptions, 'onCheck'>, PolicyOptions {
  /** Ends the command; the same order continues it later. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Called if this order cannot be continued after an interruption, because its journal cannot be written. */
  readonly onNoJournal?: () => void;
}

/** Result of an order. */
export interface AttachResult extends Pick<Plan, 'unmatched' | 'unusedRows'> {
  /** One for each file and work item, in the order of the plan. */
  readonly rows: readonly ReportRow[];
  /** As they left: changed by the rules. */
  readonly files: readonly OpenedFile[];
}

const POLICIES: Readonly<Record<OnDuplicate, DuplicatePolicy>> = {
  keep: 'keep-numbered',
  'same-name': 'keep-names',
  skip: 'skip-name',
  replace: 'replace',
};

/** Age of work items that a plan may start from, in milliseconds. */
const MAX_ITEMS_AGE_MS = 30_000;

/**
 * Plans an order without changing anything. A file that a work item has already, by name and SHA-256, is left out.
 *
 * @throws StaplerError if a file, the work items or a required policy cannot be read.
 */
export async function planAttach(
  engine: Engine,
  order: AttachOrder,
  options: Pick<AttachOptions, 'signal' | 'onCheck' | 'onPolicyProblem'> = {},
): Promise<AttachPlan> {
  const opened = await openFiles(order.files);
  const service = createService(engine, NO_JOURNAL as Journal, randomBytes(8).toString('hex'));
  const items = await readItems(engine, service, order, options);
  return plan(engine, { order, files: await checkAll(engine, opened, order, items, options), items });
}

/**
 * Attaches files to work items, each exactly once. If the process ends at any moment, the same order continues.
 *
 * @throws StaplerError if nothing could be attached for a reason that concerns all files, such as a required policy that
 *   cannot be read; CancelledError after an abort; FolderInUseError if another process works on the same order.
 */
export async function attach(
  engine: Engine,
  order: AttachOrder,
  options: AttachOptions = {},
): Promise<AttachResult> {
  const { signal = new AbortController().signal, onProgress = () => undefined, onNoJournal } = options;
  const { runtime } = engine.services;
  const opened = await openFiles(order.files);
  const { journal, owner, close } = await engine.openJournal(identityOf(order), (ids) => service.evict(ids));
  const service = createService(engine, recordingContents(journal, engine.contents), owner);
  if (journal.state.getSnapshot().kind === 'memory') onNoJournal?.();
  try {
    const readAt = runtime.now();
    const before = await readItems(engine, service, order, options);
    const files = await checkAll(engine, opened, order, before, options);
    const wait = (run: PlannedRun): Promise<void> => untilOver(run, { runtime, signal, onProgress });
    const resumed = await resumeRuns({ service, journal, files, untilOver: wait });
    const isFresh = resumed.length === 0 && runtime.now() - readAt < MAX_ITEMS_AGE_MS;
    const items = isFresh ? before : await readItems(engine, service, order);
    const planned = await plan(engine, { order, files, items, resumed });
    if (signal.aborted) throw new CancelledError();
    const rows = await runSlices(service, { ...planned, pairs: planned.plan.pairs }, wait);
    return { ...planned.plan, files, rows: withResumed(rows, resumed) };
  } finally {
    await close();
  }
}

/** Reads the work items of an order, with the reasons of those that take no files, and the rules of their policies. */
async function readItems(
  engine: Engine,
  service: BulkService,
  { workItemIds, policy }: AttachOrder,
  options: PolicyOptions = {},
): Promise<readonly PlanItem[]> {
  const read = await service.readItems(workItemIds);
  const readOnly = await service.findReadOnly(read);
  const items = read.map((item) => ({ ...item, problem: item.problem ?? readOnly.get(item.id) }));
  return withRules(engine, items, policy, options);
}

/** Applies the rules of an order and its policies to the files. @throws CancelledError */
async function checkAll(
  { services }: Engine,
  files: readonly OpenedFile[],
  { rules }: AttachOrder,
  items: readonly PlanItem[],
  { signal = new AbortController().signal, onCheck }: Pick<AttachOptions, 'signal' | 'onCheck'>,
): Promise<readonly OpenedFile[]> {
  // Its tables take time to evaluate, and most commands send no file.
  const { checkFiles } = await import('../rules/check-files');
  const options = { runtime: services.runtime, signal, onCheck };
  return readContentTypes(await checkFiles(files, strictestRules(rules, items), options), items);
}

function createService({ services, sizes }: Engine, journal: Journal, owner: string): BulkService {
  return createBulkService({
    services,
    journal,
    idPrefix: `${owner}-`,
    waitsForSignIn: false,
    limits: { initialRequests: CONNECTIONS },
    sizes,
  });
}

async function plan(
  engine: Engine,
  {
    order,
    files,
    items,
    resumed = [],
  }: {
    readonly order: AttachOrder;
    readonly files: readonly OpenedFile[];
    readonly items: readonly PlanItem[];
    readonly resumed?: readonly ResumedRun[];
  },
): Promise<AttachPlan> {
  const input: PlanInput = {
    ...{ files, items, mapping: order.mapping, edits: editsOf(order.files) },
    ...{ comment: order.comment ?? '', keepsFolders: order.keepsFolders ?? true },
    duplicates: { all: 'keep-both', ofItems: new Map() },
  };
  const found = await findAttached(engine, planOf(input).pairs, files, items);
  const attached = merged([found, ...resumed.map((run) => run.attached)]);
  const duplicates = duplicatesOf(order, items);
  return { plan: planOf({ ...input, attached, duplicates }), files, items };
}

/** A choice takes precedence over the policies. */
function duplicatesOf({ onDuplicate }: AttachOrder, items: readonly PlanItem[]): PlanInput['duplicates'] {
  if (onDuplicate !== undefined) return { all: POLICIES[onDuplicate], ofItems: new Map() };
  const byPolicy = items.flatMap(({ id, rules }): [number, DuplicatePolicy][] => {
    const rule = rules?.duplicates;
    // This command cannot ask.
    return rule === undefined || rule === 'ask' ? [] : [[id, POLICIES[rule]]];
  });
  return { all: POLICIES.keep, ofItems: new Map(byPolicy) };
}

function editsOf(files: readonly LocalFile[]): PlanInput['edits'] {
  return new Map(
    files.map(({ path, name, comment }): [string, FileEdits] => [
      path,
      { ...(name !== undefined && { name }), ...(comment !== undefined && { comment }) },
    ]),
  );
}

function merged(parts: readonly Attached[]): Attached {
  const all = new Map<number, ReadonlyMap<string, string>>();
  for (const part of parts)
    for (const [id, ofItem] of part) all.set(id, new Map([...(all.get(id) ?? []), ...ofItem]));
  return all;
}

/** Shows what the continued runs have attached as attached, not as there before. */
function withResumed(rows: readonly ReportRow[], resumed: readonly ResumedRun[]): readonly ReportRow[] {
  const done = new Map(
    resumed.flatMap((run) =>
      run.rows.flatMap((row) =>
        row.outcome.kind === 'attached' ? [[keyOfPair(row), row.outcome] as const] : [],
      ),
    ),
  );
  return rows.map((row) => {
    const outcome = row.outcome.kind === 'already-there' ? done.get(keyOfPair(row)) : undefined;
    return outcome ? { ...row, outcome } : row;
  });
}

/** Identity of an order: an interrupted one is continued by an equal one. */
function identityOf(order: AttachOrder): readonly string[] {
  const { workItemIds, mapping, comment, keepsFolders, onDuplicate, rules } = order;
  const files = order.files.map((file) => ({ ...file, openPath: undefined }));
  const parts: readonly unknown[] = [files, workItemIds, mapping, comment, keepsFolders, onDuplicate];
  // An order without rules has the identity that earlier versions gave it, and continues theirs.
  return ['attach', JSON.stringify(rules ? [...parts, rules] : parts)];
}

/** Rows of a plan that is not run. */
export function rowsOfPlan({ plan: planned, files, items }: AttachPlan): readonly ReportRow[] {
  return reportOf(planned, files, items, () => undefined);
}
