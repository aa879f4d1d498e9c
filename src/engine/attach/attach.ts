import { randomBytes } from 'node:crypto';
import { MAX_FILE_BYTES } from '../../azure/work-item';
import { CancelledError } from '../../base/errors';
import type { Plan, PlanItem } from '../../bulk/plan/plan';
import { keyOfPair } from '../../bulk/plan/plan';
import type { ReportRow } from '../../bulk/plan/report';
import { problemOf } from '../../bulk/plan/report';
import type { BulkService } from '../../bulk/run/bulk-service';
import { createBulkService } from '../../bulk/run/bulk-service';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RunProgress } from '../../bulk/run/run-facts';
import type { Journal } from '../../upload/recovery/journal/journal';
import { NO_JOURNAL } from '../../upload/upload-journal';
import type { Engine } from '../engine';
import { readContentTypes } from '../policy/content-types';
import type { PolicyOptions } from '../policy/policies';
import { withRules } from '../policy/policies';
import { strictestRules } from '../../upload/rules/strictest-rules';
import type { CheckOptions } from '../rules/check-files';
import type { AttachOrder } from './attach-order';
import { overLimitOf } from './attach-order';
import type { AttachedRow } from './join-rows';
import { joinRows } from './join-rows';
import type { OpenedFile, SentFile } from './local-file';
import { openFiles } from './local-file';
import type { AttachPlan, OrderFacts } from './plan-order';
import { createOrderPlanner } from './plan-order';
import { recordingContents } from './record-contents';
import { resumeRuns } from './resume-run';
import type { FinishedRun } from './run-slices';
import { runSlices } from './run-slices';
import { untilOver } from './until-over';

/** Connections of the network (`node-connections.ts`), all in use from the start. */
const CONNECTIONS = 8;

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
  readonly rows: readonly AttachedRow[];
  /** As they left: changed by the rules. */
  readonly files: readonly OpenedFile[];
}

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
  const files = await checkAll(engine, opened, order, items, options);
  const limitBytes = limitOf(engine);
  const planner = createOrderPlanner(engine, options.signal);
  try {
    return await planner.plan({ order, files, items, attached: [], limitBytes });
  } finally {
    await planner.close();
  }
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
  const planner = createOrderPlanner(engine, signal);
  try {
    const readAt = runtime.now();
    const before = await readItems(engine, service, order, options);
    const files = await checkAll(engine, opened, order, before, options);
    const overLimit = overLimitOf(order, before);
    const isReplaced = overLimit === 'split' || overLimit === 'zip';
    const wait = (run: PlannedRun): Promise<void> => untilOver(run, { runtime, signal, onProgress });
    const facts = { order, files, limitBytes: limitOf(engine) };
    const readFiles = async (): Promise<readonly SentFile[]> =>
      isReplaced ? (await planner.treat({ ...facts, items: before, attached: [] })).files : files;
    const resumed = await resumeRuns({ service, journal, readFiles, untilOver: wait });
    const isFresh = resumed.length === 0 && runtime.now() - readAt < MAX_ITEMS_AGE_MS;
    const items = isFresh ? before : await readItems(engine, service, order);
    const finished = [...resumed];

    /** Runs the order. A limit that the server names in a refusal leads to another run. */
    async function run(of: Pick<OrderFacts, 'items' | 'limitBytes'>): Promise<AttachResult> {
      const attached = finished.map((each) => each.attached);
      const planned = await planner.plan({ order, files, attached, ...of });
      if (signal.aborted) throw new CancelledError();
      const done = await runSlices(service, { ...planned, pairs: planned.plan.pairs }, wait);
      const refused = refusedLimit(done.rows);
      if (!isReplaced || refused >= of.limitBytes) {
        const rows = joinRows(withFinished(done.rows, finished), planned);
        return { ...planned.plan, files, rows: overLimit === 'skip' ? rows.map(skipLarge) : rows };
      }
      finished.push(done);
      return run({ items: await readItems(engine, service, order), limitBytes: refused });
    }
    return await run({ items, limitBytes: facts.limitBytes });
  } finally {
    await planner.close();
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

/** Limit known before the first refusal: a server without a documented one decides itself. */
function limitOf({ connectionData }: Engine): number {
  return connectionData.deployment === 'services' ? MAX_FILE_BYTES : Infinity;
}

/** Smallest limit for the size of a file that the server has named; `Infinity` without one. */
function refusedLimit(rows: readonly ReportRow[]): number {
  const limits = rows.flatMap((row) => problemOf(row)?.limitBytes ?? []);
  return Math.min(Infinity, ...limits);
}

function skipLarge(row: AttachedRow): AttachedRow {
  return problemOf(row)?.kind === 'file-too-large'
    ? { ...row, outcome: { kind: 'skipped', reason: 'file-too-large' } }
    : row;
}

/** Shows what earlier runs have attached as attached, not as there before. */
function withFinished(rows: readonly ReportRow[], finished: readonly FinishedRun[]): readonly ReportRow[] {
  const done = new Map(
    finished.flatMap((run) =>
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
  const { workItemIds, mapping, comment, keepsFolders, onDuplicate, rules, overLimit } = order;
  const files = order.files.map((file) => ({ ...file, openPath: undefined }));
  const parts: readonly unknown[] = [files, workItemIds, mapping, comment, keepsFolders, onDuplicate];
  // An order without them has the identity that earlier versions gave it, and continues theirs.
  const later = overLimit === undefined ? (rules ? [rules] : []) : [rules, overLimit];
  return ['attach', JSON.stringify([...parts, ...later])];
}
