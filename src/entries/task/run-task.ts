import { join } from 'node:path';
import { isCancelled, isStaplerError, toProblem } from '../../base/errors';
import type { AttachOrder } from '../../engine/attach/attach-order';
import { attach } from '../../engine/attach/attach';
import { connect } from '../../engine/connect';
import type { Engine } from '../../engine/engine';
import type { ChosenPolicy, PolicyProblem } from '../../engine/policy/policies';
import { count, describeProblem } from '../../engine/sentences';
import type { AgentLog, TaskResult } from './agent-log';
import { createAgentLog } from './agent-log';
import type { AgentRun, Variables } from './agent-variables';
import { readAgentRun } from './agent-variables';
import { explainDenial } from './explain-denial';
import { choosePolicy, createPolicyReport } from './choose-policy';
import { findFiles } from './find-files';
import { findWorkItems } from './find-work-items';
import type { Totals } from './report-rows';
import { noTotals, reportCheck, reportRows } from './report-rows';
import { TaskError } from './task-error';
import type { TaskInputs } from './task-inputs';
import { hasTargets, readInputs } from './task-inputs';
import type { FileGroup } from './test-files';
import { findTestFiles } from './test-files';

/** What the task can see and touch of its process. */
export interface TaskEnvironment {
  readonly env: Variables;
  /** Current folder, absolute. */
  readonly cwd: string;
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Aborted when the run is canceled. */
  readonly signal: AbortSignal;
}

/** Interval between two updates of the progress, in milliseconds. */
const PROGRESS_INTERVAL_MS = 10_000;

/** Runs the task and tells the agent its result. Never rejects. */
export async function runTask(environment: TaskEnvironment): Promise<TaskResult> {
  const log = createAgentLog(environment.write);
  const { result, text } = await run(environment, log).catch((error: unknown) => endOf(error, log));
  log.complete(result, text);
  return result;
}

/** End of the task, with one sentence. */
interface End {
  readonly result: TaskResult;
  readonly text: string;
}

function endOf(error: unknown, log: AgentLog): End {
  if (isCancelled(error)) return { result: 'Canceled', text: 'Canceled.' };
  const isOurs = error instanceof TaskError;
  const problem = isOurs ? undefined : toProblem(error);
  const text = problem ? describeProblem(problem) : (error as TaskError).message;
  log.fail(text);
  if (problem?.kind === 'internal' && error instanceof Error)
    for (const line of error.stack?.split('\n') ?? []) log.line(line);
  return { result: 'Failed', text };
}

async function run({ env, cwd, signal }: TaskEnvironment, log: AgentLog): Promise<End> {
  const agent = readAgentRun(env, cwd);
  log.hide(agent.credential.token);
  const inputs = readInputs(env);
  const policy = await choosePolicy(inputs, agent.sources, log);
  try {
    const { engine, close } = await connect({
      organization: agent.organization,
      // The agent sends the same token to this address.
      allowHttp: true,
      getCredential: () => Promise.resolve(agent.credential),
      stateFolder: join(agent.temporary, 'stapler'),
    });
    try {
      const onPolicyProblem = createPolicyReport(log);
      return await attachAll({ engine, agent, inputs, policy, onPolicyProblem, log, signal });
    } finally {
      await close();
    }
  } catch (error) {
    if (inputs.failOn !== 'never' || !isStaplerError(error) || error.kind === 'internal') throw error;
    const text = describeProblem(toProblem(error));
    log.warn(text);
    return { result: 'SucceededWithIssues', text };
  }
}

/** A connected task. */
interface Job {
  readonly engine: Engine;
  readonly agent: AgentRun;
  readonly inputs: TaskInputs;
  readonly policy: ChosenPolicy;
  readonly onPolicyProblem: (problem: PolicyProblem) => void;
  readonly log: AgentLog;
  readonly signal: AbortSignal;
}

async function attachAll(job: Job): Promise<End> {
  const { engine, agent, inputs, log } = job;
  const totals = noTotals();
  try {
    for (const group of await findGroups(job, totals)) await attachGroup(job, group, totals);
  } catch (error) {
    if (!isDenied(error)) throw error;
    totals.failed++;
    totals.isDenied = true;
    log.fail(describeProblem(toProblem(error)));
  }
  if (totals.isDenied) log.fail(explainDenial(engine, agent));
  return { result: resultOf(totals, inputs), text: summaryOf(totals) };
}

function isDenied(error: unknown): boolean {
  return !isCancelled(error) && toProblem(error).kind === 'no-permission';
}

/** Finds the files and their work items. A report that cannot be read counts as a failure. */
async function findGroups(
  { engine, agent, inputs, log, signal }: Job,
  totals: Totals,
): Promise<readonly FileGroup[]> {
  const targets = await findWorkItems(engine, inputs, agent);
  if (hasTargets(inputs) && targets.length === 0)
    log.warn('There are no work items: the query has no results, or none is linked to this run.');
  const groups: FileGroup[] = [];
  if (inputs.files.length > 0) {
    const files = await findFiles(inputs.files, agent.sources);
    if (files.length === 0) log.warn(`No file matches ${inputs.files.join(', ')}.`);
    if (files.length > 0 && targets.length > 0) groups.push({ files, workItemIds: targets });
  }
  if (inputs.fromTests.length === 0) return groups;
  const reports = await findFiles(inputs.fromTests, agent.sources);
  if (reports.length === 0) log.warn(`No report matches ${inputs.fromTests.join(', ')}.`);
  const { comment } = inputs;
  const found = await findTestFiles({ reports, run: agent, otherwise: targets, comment, log, signal });
  totals.failed += found.unreadable;
  return [...groups, ...found.groups];
}

async function attachGroup(
  { engine, agent, inputs, policy, onPolicyProblem, log, signal }: Job,
  { files, workItemIds }: FileGroup,
  totals: Totals,
): Promise<void> {
  const { comment, metadata, secrets, onDuplicate, onLimit } = inputs;
  const mapping = { kind: 'all' } as const;
  const order: AttachOrder = {
    files,
    workItemIds,
    mapping,
    comment,
    onDuplicate,
    rules: { metadata, secrets },
    policy,
    ...((onLimit === 'split' || onLimit === 'zip') && { overLimit: onLimit }),
  };
  const { now } = engine.services.runtime;
  let lastAt = now();
  const { rows } = await attach(engine, order, {
    ...{ signal, onPolicyProblem },
    onCheck: (check) => reportCheck(check, { log, sources: agent.sources }),
    onProgress: ({ pairs, pairsAttached, bytes, bytesSent }) => {
      if (now() - lastAt < PROGRESS_INTERVAL_MS) return;
      lastAt = now();
      const text = `${pairsAttached} of ${count(pairs, 'file')} attached`;
      log.progress(bytes > 0 ? Math.min(100, (100 * bytesSent) / bytes) : 100, text);
    },
  });
  reportRows(rows, totals, { log, sources: agent.sources, onLimit });
}

function resultOf({ attached, present, overLimit, failed }: Totals, { failOn }: TaskInputs): TaskResult {
  if (failed === 0) return overLimit > 0 ? 'SucceededWithIssues' : 'Succeeded';
  const isFailure = failOn === 'any' || (failOn === 'all' && attached + present === 0);
  return isFailure ? 'Failed' : 'SucceededWithIssues';
}

function summaryOf({ attached, present, overLimit, failed }: Totals): string {
  const parts = [
    `${count(attached, 'file')} attached`,
    present > 0 && `${present} already there`,
    overLimit > 0 && `${overLimit} over a limit`,
    failed > 0 && `${failed} failed`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
